// On another site's page: a button that opens the assistant in a frame of our own origin, which that site cannot read.
const PATIENCE = 10000; // ms; a frame that does not answer is blocked by the browser or the allow-list

function jalon(words) {
  const origin = new URL(document.currentScript.src).origin;
  const address = `${origin}${words.page}?lang=${words.language}`;
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const style = `
    :host { all: initial; }
    button, a { font: 600 1rem/1.3 system-ui, sans-serif; color: #fff; background: #0b5563; border: 2px solid #fff;
      border-radius: 2rem; padding: .6rem 1.1rem; min-height: 48px; cursor: pointer; box-sizing: border-box;
      position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483647; max-width: calc(100vw - 2rem);
      box-shadow: 0 2px 8px #0006; }
    :focus-visible { outline: 3px solid #c2410c; outline-offset: 2px; }
    iframe { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; width: 26rem; height: 44rem;
      max-width: calc(100vw - 2rem); max-height: calc(100vh - 2rem); border: 1px solid #6b7f88; border-radius: .8rem;
      background: #fff; z-index: 2147483647; box-shadow: 0 4px 24px #0006; }
    @media (max-width: 30rem) { iframe { inset: 0; width: 100%; height: 100%; max-width: none; max-height: none;
      border: 0; border-radius: 0; } }
    [hidden] { display: none; }`;
  try {
    const sheet = new CSSStyleSheet(); // a strict policy of the site would refuse a style element
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const element = document.createElement("style"); // browsers before 2023
    element.textContent = style;
    root.append(element);
  }

  const launcher = document.createElement("button");
  launcher.type = "button";
  launcher.lang = words.language;
  launcher.dir = words.direction;
  launcher.textContent = words.launcher;
  launcher.setAttribute("aria-expanded", "false");
  let frame = null;
  let ready = false;

  function greet() {
    if (ready) frame.contentWindow.postMessage({ jalon: "open" }, origin);
  }

  function make() {
    frame = document.createElement("iframe");
    frame.title = words.title;
    frame.src = address;
    frame.referrerPolicy = "no-referrer";
    const blocked = setTimeout(() => {
      const link = document.createElement("a");
      link.href = address;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      link.textContent = words.own_page;
      frame.replaceWith(link);
      link.focus();
    }, PATIENCE);
    addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== origin) return;
      if (event.data.jalon === "ready") {
        clearTimeout(blocked);
        ready = true;
        greet();
      }
      if (event.data.jalon === "close") show(false);
    });
    root.append(frame);
  }

  function show(open) {
    if (open && !frame) make();
    frame.hidden = !open;
    launcher.hidden = open;
    launcher.setAttribute("aria-expanded", String(open));
    if (!open) launcher.focus();
    else {
      frame.focus();
      greet();
    }
  }

  launcher.addEventListener("click", () => show(true));
  root.append(launcher);
  const place = () => document.body.append(host);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
}
