// Reading aloud, where the device has a voice for the language.
const synthesis = globalThis.speechSynthesis;

const voiceFor = (language) => synthesis?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));

export const canRead = (language) => Boolean(voiceFor(language));

export function onVoices(changed) {
  synthesis?.addEventListener?.("voiceschanged", changed);
}

export function hush() {
  synthesis?.cancel();
}

// Paragraph by paragraph: some browsers fall silent in a long one.
export function read(paragraphs, language, ended) {
  hush();
  const voice = voiceFor(language);
  paragraphs.forEach((text, at) => {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    if (at === paragraphs.length - 1) spoken.onend = ended;
    spoken.onerror = ended;
    synthesis.speak(spoken);
  });
}
