// The conversation on the page. The transcript lives in this tab only (sessionStorage); the server keeps no words.
import { show } from "./messages.js";

const words = document.getElementById("words").dataset;
const log = document.getElementById("log");
const status = document.getElementById("status");
const form = document.getElementById("ask");
const text = document.getElementById("text");
const CONVERSATION = "jalon.conversation";
const TRANSCRIPT = "jalon.transcript";

let busy = false;
// A message that may have got through is sent again under the same id: the server answers each id once.
let unanswered = { body: "", id: "" };

function idOf(body) {
  const known = JSON.stringify(body);
  if (unanswered.body !== known) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    unanswered = { body: known, id: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") };
  }
  return unanswered.id;
}

const transcript = () => JSON.parse(sessionStorage.getItem(TRANSCRIPT) || "[]");

function remember(entry) {
  sessionStorage.setItem(TRANSCRIPT, JSON.stringify([...transcript(), entry]));
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  if (!response.ok) throw Object.assign(new Error(response.statusText), { code: response.status });
  return response.json();
}

async function conversation() {
  const known = sessionStorage.getItem(CONVERSATION);
  if (known) return known;
  const started = await post("/api/conversations");
  sessionStorage.setItem(CONVERSATION, started.conversation);
  return started.conversation;
}

function add(entry) {
  for (const button of log.querySelectorAll(".choices button")) button.disabled = true;
  const shown = show(entry, words, press);
  log.append(shown);
  // The beginning of an answer is what must be read first.
  shown.scrollIntoView({ block: entry.mine ? "nearest" : "start" });
}

async function send(asked, said) {
  if (busy) return;
  busy = true;
  const body = { id: idOf(asked), ...asked };
  const mine = { mine: true, text: said };
  remember(mine);
  add(mine);
  status.textContent = words.waiting;
  try {
    let answer;
    try {
      answer = await post(`/api/conversations/${await conversation()}/messages`, body);
    } catch (fault) {
      if (fault.code !== 404) throw fault;
      // The conversation has ended on the server: a text can be asked again in a new one.
      sessionStorage.removeItem(CONVERSATION);
      answer = await post(`/api/conversations/${await conversation()}/messages`, body);
    }
    unanswered = { body: "", id: "" };
    remember(answer);
    add(answer);
    status.textContent = "";
  } catch {
    status.textContent = words.offline;
    if (body.text) text.value = body.text;
  } finally {
    busy = false;
  }
}

function press(number, title) {
  send({ choice: number }, title);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = text.value.trim();
  if (!question || busy) return;
  text.value = "";
  send({ text: question }, question);
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.getElementById("fresh").addEventListener("click", async () => {
  const known = sessionStorage.getItem(CONVERSATION);
  sessionStorage.removeItem(CONVERSATION);
  sessionStorage.removeItem(TRANSCRIPT);
  log.replaceChildren();
  status.textContent = "";
  if (known) fetch(`/api/conversations/${known}`, { method: "DELETE" }).catch(() => {});
  await greet();
  text.focus();
});

async function greet() {
  try {
    const started = await post("/api/conversations");
    sessionStorage.setItem(CONVERSATION, started.conversation);
    remember(started.greeting);
    add(started.greeting);
  } catch {
    status.textContent = words.offline;
  }
}

const before = transcript();
if (before.length) before.forEach(add);
else greet();
