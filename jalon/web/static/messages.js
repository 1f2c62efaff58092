// One message as elements. Text is only ever set as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";
const MIRRORED = /[\u0590-\u08ff]/;
// Addresses, numbers and Latin words inside a right-to-left sentence keep their own order; jalon/typography.py.
const LATIN = "A-Za-zÀ-ÿŒœ";
const WORD = `(?:[0-9](?:\\s?[()+–-]+\\s?[0-9])*|[${LATIN}])`;
const FOREIGN = new RegExp(`(https?://\\S*[0-9${LATIN}/]|[+@]?${WORD}(?:(?:,?\\s|[.,:/+@_'’&()–-]+)?${WORD})*)`, "u");
const ICONS = new Set([
  "simpler", "talk_to_human", "help", "emergency", "in_danger", "sources", "more_details", "find_service",
  "compute_deadline", "next_steps", "change_language", "delete_my_data", "repeat", "cancel",
]);

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function icon(name) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("class", `icon i-${name}`);
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  made.append(use);
  return made;
}

export function button(className, name, title, pressed) {
  const made = element("button", className);
  made.type = "button";
  if (name) made.append(icon(name));
  made.append(element("span", "", title));
  made.addEventListener("click", () => pressed(made));
  return made;
}

// What is read aloud and announced: the answer itself, without its labels.
export function spoken(message) {
  const sections = message.sections.map((section) => [section.title, ...section.lines].join(". "));
  const contacts = message.contacts.map((card) => [card.name, ...card.lines.map((line) => line[1])].join(", "));
  return [...message.text.split(/\n+/), ...message.steps, ...sections, ...contacts, message.after, ...message.cautions]
    .map((text) => text.replace(/^- /, ""))
    .filter(Boolean);
}

export function createRenderer(words, actions) {
  const mirrored = words.right_to_left.split(" ");
  const directionOf = (language) => (mirrored.includes(language) ? "rtl" : "ltr");
  const own = (made) => Object.assign(made, { lang: words.language, dir: directionOf(words.language) });

  // The direction is found in the text: a part that is not translated yet stands in the reference language.
  function filled(made, text) {
    made.dir = "auto";
    if (!MIRRORED.test(text)) made.append(text);
    else text.split(FOREIGN).forEach((part, at) => made.append(at % 2 ? element("bdi", "", part) : part));
    return made;
  }

  function list(name, lines) {
    const made = element(name);
    made.append(...lines.map((line) => filled(element("li"), line)));
    return made;
  }

  function paragraphs(text) {
    return text.split(/\n{2,}/).map((block) => {
      const lines = block.split("\n");
      if (!lines.every((line) => /^(- |\d+\. )/.test(line))) return filled(element("p"), block);
      const bare = lines.map((line) => line.replace(/^(- |\d+\. )/, ""));
      return list(lines[0].startsWith("- ") ? "ul" : "ol", bare);
    });
  }

  function link(className, path, title, name) {
    const made = element("a", className);
    if (name) made.append(icon(name));
    made.append(element("span", "", title));
    made.href = path;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    return made;
  }

  function contact(card) {
    const made = element("div", "card");
    made.append(Object.assign(element("strong", "", card.name), { dir: "auto" }));
    if (card.about) made.append(filled(element("div"), card.about));
    for (const [label, value, path] of card.lines) {
      const line = element("div");
      if (label) line.append(element("span", "label", label), " ");
      const shown = element("bdi");
      if (path) shown.append(link("reach", path, value));
      else shown.textContent = value;
      line.append(shown);
      made.append(line);
    }
    return made;
  }

  function section(part) {
    const made = element("section", "card");
    made.append(filled(element("h2"), part.title), list("ul", part.lines));
    return made;
  }

  // What is ticked is remembered with the message, in this tab only.
  function checklist(message) {
    const made = element("ol", "steps");
    message.steps.forEach((step, at) => {
      const line = element("li");
      const label = element("label");
      const box = element("input");
      box.type = "checkbox";
      box.checked = message.ticked?.includes(at) ?? false;
      box.addEventListener("change", () => {
        const others = (message.ticked ?? []).filter((one) => one !== at);
        message.ticked = box.checked ? [...others, at] : others;
        actions.changed();
      });
      label.append(box, filled(element("span"), step));
      line.append(label);
      made.append(line);
    });
    return made;
  }

  function sources(message) {
    const made = element("details");
    const title = own(element("summary"));
    title.append(icon("sources"), element("span", "", `${words.sources} (${message.sources.length})`));
    const made_of = element("ul");
    for (const source of message.sources) {
      const line = element("li");
      const by = element("span", "by");
      by.append(element("bdi", "", source.publisher), `, ${source.dated}`);
      line.append(Object.assign(link("", source.url, source.title), { dir: "auto" }), by);
      made_of.append(line);
    }
    made.append(title);
    if (message.checked_on) made.append(element("p", "checked", message.checked_on));
    made.append(made_of);
    return made;
  }

  // For who reads little.
  function ease(message) {
    const made = own(element("div", "tools"));
    const read = button("tool listen", "listen", words.listen, () => actions.read(message));
    read.hidden = !actions.canRead(message.language);
    read.dataset.language = message.language;
    made.append(read);
    const simpler = message.buttons.find((one) => one.name === "simpler");
    if (simpler) made.append(button("tool", "simpler", simpler.title, () => actions.press(simpler)));
    return made;
  }

  function toTake(message) {
    const made = own(element("div", "tools"));
    if (message.article) {
      const situation = message.situation && `&situation=${encodeURIComponent(message.situation)}`;
      const path = `/a/${message.article}/card?lang=${words.language}${situation}`;
      made.append(link("tool", path, words.counter_card, "counter"));
    }
    if (message.page) made.append(link("tool", message.page, words.print, "print"));
    if (message.reminder) made.append(link("tool", message.reminder, words.reminder, "calendar"));
    return made;
  }

  function choices(message) {
    const made = element("div", "choices");
    for (const one of message.buttons) {
      if (one.name === "simpler") continue;
      const choice = button("", ICONS.has(one.name) && one.name, one.title, () => actions.press(one));
      choice.dir = "auto";
      made.append(choice);
    }
    return made;
  }

  return function show(message) {
    const made = element("article", message.mine ? "message mine" : "message");
    made.setAttribute("aria-label", message.mine ? words.you : words.assistant);
    if (message.mine) {
      made.append(Object.assign(element("p", "", message.text), { dir: "auto" }));
      return made;
    }
    const { language } = message;
    made.lang = language;
    made.dir = directionOf(language);
    made.append(...paragraphs(message.text), ease(message));
    if (message.reminder) made.firstChild.className = "lead"; // the last day must not be overlooked
    if (message.steps.length) made.append(own(element("p", "lead", words.steps)), checklist(message));
    made.append(...message.sections.map(section), ...message.contacts.map(contact));
    if (message.after) made.append(...paragraphs(message.after));
    made.append(...message.cautions.map((caution) => filled(element("p", "caution"), caution)));
    if (message.sources.length) made.append(sources(message));
    else if (message.checked_on) made.append(element("p", "checked", message.checked_on));
    made.append(toTake(message));
    if (message.buttons.length) made.append(choices(message));
    return made;
  };
}
