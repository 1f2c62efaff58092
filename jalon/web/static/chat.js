// The assistant's page: what a person does on it, and what it shows.
import { openLine } from "./line.js";
import { keep, leaveNothing, memory } from "./memory.js";
import { createRenderer, element, spoken } from "./messages.js";
import { canRead, hush, onVoices, read } from "./voice.js";

const $ = (id) => document.getElementById(id);
const words = { ...$("words").dataset, language: document.documentElement.lang };
const log = $("log");
const text = $("text");
const framed = window.parent !== window;
let reading = null;

document.body.classList.remove("still");

// Showing

const show = createRenderer(words, {
  press: ({ title, tap }) => say({ tap }, title),
  read: (message) => (reading === message ? quiet() : aloud(message)),
  canRead,
  changed: keep,
});

function add(entry) {
  const shown = show(entry);
  log.append(shown);
  // The notice stays in sight above the greeting; of an answer the beginning is what must be read first.
  if (log.children.length > 1) shown.scrollIntoView({ block: entry.mine ? "nearest" : "start" });
}

function remember(entry) {
  memory.transcript.push(entry);
  keep();
  add(entry);
}

function status() {
  const waits = memory.queue.length;
  $("status").textContent = waits && line.isTroubled() ? words.offline : waits ? words.waiting : "";
}

function note(sentence) {
  const made = element("p", "note", sentence);
  log.append(made);
  $("announcer").textContent = sentence;
}

const lastAnswer = () => memory.transcript.filter((entry) => !entry.mine).pop();

// Reading aloud

function offerReading() {
  const last = lastAnswer();
  $("listen").hidden = !last || !canRead(last.language);
  for (const button of log.querySelectorAll(".listen")) button.hidden = !canRead(button.dataset.language);
}

function quiet() {
  hush();
  reading = null;
  $("listen").setAttribute("aria-pressed", "false");
  $("listen").lastElementChild.textContent = words.listen;
}

function aloud(message) {
  reading = message;
  read(spoken(message), message.language, () => reading === message && quiet());
  $("listen").setAttribute("aria-pressed", "true");
  $("listen").lastElementChild.textContent = words.listen_stop;
}

$("listen").addEventListener("click", () => (reading ? quiet() : aloud(lastAnswer())));
onVoices(offerReading);
document.addEventListener("visibilitychange", () => document.hidden && quiet());

// Talking

const line = openLine(
  {
    reply(message) {
      remember(message);
      $("announcer").textContent = spoken(message).join(" ");
      $("announcer").lang = message.language;
      offerReading();
    },
    changed: () => queueMicrotask(status),
    ended: () => note(words.ended),
    refused(message) {
      note(words.not_taken);
      text.value = message.body.text ?? "";
    },
  },
  words.language,
);

function say(body, title) {
  quiet();
  $("announcer").textContent = "";
  remember({ mine: true, text: title });
  line.push(body);
  status();
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = text.value.trim();
  if (!question) return;
  text.value = "";
  say({ text: question }, question);
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("ask").requestSubmit();
  }
});

// Panels

for (const name of ["languages", "people", "erased"]) {
  const panel = $(name);
  panel.querySelector(".close").addEventListener("click", () => panel.close());
}
$("language").addEventListener("click", () => $("languages").showModal());
$("person").addEventListener("click", () => $("people").showModal());

for (const choice of $("languages").querySelectorAll("a")) {
  choice.addEventListener("click", (event) => {
    event.preventDefault();
    memory.tell = choice.lang;
    memory.picked = true;
    keep();
    location.replace(choice.href); // no trace of the choice in the history
  });
}

$("notice_ok").addEventListener("click", () => {
  memory.seen = true;
  keep();
  $("notice").open = false;
  log.focus();
});

// Leaving

$("erase").addEventListener("click", async () => {
  quiet();
  log.replaceChildren();
  const erased = await line.erase();
  const sentence = erased ? words.erased_what : words.erased_later;
  $("erased_what").textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => erased?.[name] ?? words[name]);
  $("erased").showModal();
});

$("leave").addEventListener("click", (event) => {
  event.preventDefault();
  const { conversation, erase } = memory;
  document.documentElement.replaceChildren();
  hush();
  for (const name of [conversation, ...erase].filter(Boolean)) {
    const headers = { Authorization: `Bearer ${name}` };
    fetch("/api/conversation", { method: "DELETE", keepalive: true, headers }).catch(() => {});
  }
  leaveNothing();
  globalThis.caches?.delete("jalon");
  navigator.serviceWorker?.getRegistration().then((worker) => worker?.unregister());
  // Inside another site's page, the whole of it must go.
  window.top.location.replace(event.currentTarget.href);
});

if (framed) {
  const tell = (what) => window.parent.postMessage({ jalon: what }, "*");
  const close = () => {
    quiet();
    tell("close");
  };
  $("close").hidden = false;
  $("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
  });
  addEventListener("message", (event) => {
    if (event.source === window.parent && event.data?.jalon === "open") $("title").focus();
  });
  tell("ready");
}

// Beginning

$("notice").open = !memory.seen;
memory.transcript.forEach(add);
status();
offerReading();
if (!memory.picked && !memory.transcript.length && $("languages").dataset.first) $("languages").showModal();

// Without a network: the page and the contact card stay usable.
async function prepare() {
  const policy = globalThis.trustedTypes?.createPolicy("jalon", { createScriptURL: () => "/sw.js" });
  await navigator.serviceWorker.register(policy?.createScriptURL("") ?? "/sw.js");
  const named = [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src);
  const assets = [...new Set(named)]; // a file named twice would be refused
  const cache = await caches.open("jalon");
  for (const old of await cache.keys()) if (!assets.includes(old.url) && old.url.includes("/static/")) cache.delete(old);
  await cache.addAll([location.href, ...assets]);
}
if (navigator.serviceWorker) prepare().catch(() => {});
