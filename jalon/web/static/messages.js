// One message as elements. Text is only ever set as text, never as markup.

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function paragraphs(text) {
  return text.split(/\n{2,}/).map((block) => {
    const lines = block.split("\n");
    if (!lines.every((line) => /^(- |\d+\. )/.test(line))) return element("p", "", block);
    const list = element(lines[0].startsWith("- ") ? "ul" : "ol");
    list.append(...lines.map((line) => element("li", "", line.replace(/^(- |\d+\. )/, ""))));
    return list;
  });
}

function card(contact) {
  const made = element("div", "card");
  made.append(element("strong", "", contact.name));
  if (contact.about) made.append(element("div", "", contact.about));
  for (const [label, value] of contact.lines) {
    const line = element("div", "", `${label} : `);
    line.append(element("bdi", "", value));
    made.append(line);
  }
  return made;
}

function section(part) {
  const made = element("section");
  made.append(element("h2", "", part.title));
  const list = element("ul");
  list.append(...part.lines.map((line) => element("li", "", line)));
  made.append(list);
  return made;
}

function toTake(path, title) {
  const made = element("a", "take", title);
  made.href = path;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

function sources(answer, words) {
  const made = element("details");
  made.append(element("summary", "", `${words.sources} (${answer.sources.length})`));
  const list = element("ul");
  for (const source of answer.sources) {
    const line = element("li");
    const link = element("a", "", source.title);
    link.href = source.url;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    line.append(link, ` ${source.publisher}, ${source.dated}`);
    list.append(line);
  }
  made.append(list);
  return made;
}

export function show(message, words, press) {
  const made = element("article", message.mine ? "message mine" : "message");
  made.setAttribute("aria-label", message.mine ? words.you : words.assistant);
  if (message.mine) {
    made.append(element("p", "", message.text));
    return made;
  }
  made.lang = message.language;
  made.append(...paragraphs(message.text));
  if (message.steps.length) {
    made.append(element("p", "", `${words.steps} :`));
    const list = element("ol");
    list.append(...message.steps.map((step) => element("li", "", step)));
    made.append(list);
  }
  made.append(...message.sections.map(section));
  if (message.reminder) made.append(toTake(message.reminder, words.reminder));
  if (message.page) made.append(toTake(message.page, words.print));
  made.append(...message.contacts.map(card));
  if (message.after) made.append(element("p", "", message.after));
  made.append(...message.cautions.map((caution) => element("p", "caution", caution)));
  if (message.checked_on) made.append(element("p", "checked", message.checked_on));
  if (message.sources.length) made.append(sources(message, words));
  if (message.buttons.length) {
    const choices = element("div", "choices");
    message.buttons.forEach((title, at) => {
      const button = element("button", "", title);
      button.type = "button";
      button.addEventListener("click", () => press(at + 1, title));
      choices.append(button);
    });
    made.append(choices);
  }
  return made;
}
