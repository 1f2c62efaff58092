// The line to the server: messages wait here until they are answered, and every answer is taken once, whatever happens
// to the network, the page or the server in between.
import { forget, keep, memory } from "./memory.js";

const FIRST = 1000; // ms of pause after a first failure; each further one doubles it
const MOST = 30000;
const OPENING = 6000; // ms until a stream that says nothing is given up for plain requests: something keeps it back
const MARKS = 50; // of answers that are remembered
const ENDED = "ended"; // why nothing more is heard from a conversation that is gone
const SILENCE = 40000; // ms; the server gives a sign of life every 15 s

export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function request(path, options = {}) {
  const { name = memory.conversation, ...rest } = options;
  const headers = { ...rest.headers, ...(name && { Authorization: `Bearer ${name}` }) };
  const answer = await fetch(path, { ...rest, headers });
  if (answer.ok) return answer;
  const wait = Number(answer.headers.get("Retry-After")) * 1000;
  throw Object.assign(new Error(answer.statusText), { code: answer.status, wait });
}

// Does a task again and again while it is wanted, after ever longer pauses when it fails.
function insist(wanted, task, failed) {
  let running = false;
  let wake = () => {};
  async function run() {
    if (running) return;
    running = true;
    let pause = FIRST;
    while (wanted()) {
      try {
        await task();
        pause = FIRST;
      } catch (fault) {
        if (!wanted()) break;
        failed(fault);
        const wait = fault.wait || pause * (0.5 + Math.random()); // not all pages at once
        await new Promise((resolve) => {
          wake = resolve;
          setTimeout(resolve, wait);
        });
        pause = Math.min(pause * 2, MOST);
      }
    }
    running = false;
  }
  return { run, hurry: () => wake() };
}

// `on`: reply(event), changed(trouble), ended() when the conversation was gone, refused(message).
export function openLine(on, language) {
  let hearing = new AbortController();
  let polling = false;
  let trouble = false;

  function said(bad) {
    trouble = bad;
    on.changed(trouble);
  }

  function settle() {
    memory.queue = memory.queue.filter((message) => !memory.answered.includes(message.receipt));
  }

  function take(event) {
    if (event.number <= memory.last && event.number) return;
    memory.last = event.number;
    if (event.answers) memory.answered = [...memory.answered, event.answers].slice(-MARKS);
    settle();
    on.reply(event.reply);
    said(false);
  }

  const unsent = () => memory.queue.find((message) => !message.receipt);

  function gone(name) {
    if (memory.conversation !== name) return;
    memory.conversation = "";
    memory.last = 0;
    for (const message of memory.queue) message.receipt = "";
    keep();
    hearing.abort(ENDED);
    on.ended();
  }

  async function start() {
    const body = JSON.stringify({ language });
    const started = await (await request("/api/conversation", { method: "POST", body, name: "" })).json();
    memory.conversation = started.conversation;
    take(started.event);
  }

  async function post(message) {
    const name = memory.conversation;
    try {
      const body = JSON.stringify({ id: message.id, ...message.body });
      message.receipt = (await (await request("/api/messages", { method: "POST", body })).json()).receipt;
      if (message.body.language === memory.tell) memory.tell = "";
      settle();
    } catch (fault) {
      if (fault.code === 404 || fault.code === 401) gone(name);
      else if (fault.code === 410) message.id = newId(); // answered, but the answer never came: ask anew
      else if (fault.code === 400 || fault.code === 413) {
        memory.queue.splice(memory.queue.indexOf(message), 1);
        on.refused(message);
      } else throw fault;
    }
    keep();
    said(false);
    hear.run();
  }

  async function step() {
    if (memory.erase.length) {
      await request("/api/conversation", { method: "DELETE", name: memory.erase[0] });
      memory.erase.shift();
      keep();
    } else if (!memory.conversation) await start();
    else await post(unsent());
  }

  async function stream() {
    hearing = new AbortController();
    const { signal } = hearing;
    let timer = setTimeout(() => {
      polling = true;
      hearing.abort();
    }, OPENING);
    try {
      const headers = { Accept: "text/event-stream", "Last-Event-ID": String(memory.last) };
      const reader = (await request("/api/events", { headers, signal })).body.getReader();
      const decoder = new TextDecoder();
      let text = "";
      while (memory.queue.length) {
        const { value, done } = await reader.read();
        if (done) break;
        clearTimeout(timer);
        timer = setTimeout(() => hearing.abort(), SILENCE);
        const blocks = (text + decoder.decode(value, { stream: true })).split("\n\n");
        text = blocks.pop();
        for (const block of blocks) {
          const data = block.split("\n").find((line) => line.startsWith("data: "));
          if (data) take(JSON.parse(data.slice(6)));
        }
      }
    } finally {
      clearTimeout(timer);
      hearing.abort();
    }
  }

  async function poll() {
    hearing = new AbortController();
    const timer = setTimeout(() => hearing.abort(), SILENCE);
    try {
      const headers = { Accept: "application/json", "Last-Event-ID": String(memory.last) };
      const answer = await request("/api/events", { headers, signal: hearing.signal });
      (await answer.json()).events.forEach(take);
    } finally {
      clearTimeout(timer);
    }
  }

  async function listen() {
    const held = memory.queue.filter((message) => message.receipt);
    try {
      await (polling ? poll() : stream());
    } catch (fault) {
      if (fault !== ENDED) throw fault;
    } finally {
      // What is still without an answer is sent again under its id: the server says if the answer is lost.
      for (const message of held) if (memory.queue.includes(message)) message.receipt = "";
      if (unsent()) send.run();
    }
  }

  const lost = () => said(true);
  const send = insist(() => memory.erase.length || !memory.conversation || unsent(), step, lost);
  const hear = insist(() => memory.conversation && memory.queue.length, listen, lost);

  addEventListener("online", () => {
    send.hurry();
    hear.hurry();
  });
  for (const message of memory.queue) message.receipt = "";
  send.run();

  return {
    isTroubled: () => trouble,
    push(body) {
      const message = { id: newId(), body: memory.tell ? { ...body, language: memory.tell } : body, receipt: "" };
      memory.queue.push(message);
      keep();
      send.run();
      if (memory.conversation) hear.run();
      return message.id;
    },
    // Erases the conversation; returns what the server says it erased, or nothing when it will be told later.
    async erase() {
      const name = memory.conversation;
      forget();
      hearing.abort();
      try {
        if (!name) return null;
        return await (await request("/api/conversation", { method: "DELETE", name })).json();
      } catch {
        memory.erase.push(name);
        keep();
        return null;
      } finally {
        send.run();
      }
    },
  };
}
