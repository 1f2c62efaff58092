// What this tab remembers, until it is closed. A frame may be refused storage: then a reload begins anew.
const KEY = "jalon";

const nothing = () => ({
  conversation: "", // its secret name
  last: 0, // number of the last event that was shown
  queue: [], // messages without an answer: {id, body, receipt}; without a receipt it is not known to have arrived
  answered: [], // marks of the last answers: one may come before the server has acknowledged its message
  transcript: [],
  seen: false, // the first-visit notice
  picked: false, // whether a language was picked
  tell: "", // the language that was picked, until the server knows
  erase: [], // conversations that the server must still erase
});

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) || "{}");
  } catch {
    return {};
  }
}

export const memory = { ...nothing(), ...read() };

export function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Without storage the page works on; only a reload forgets.
  }
}

// Forgets the conversation, but not what was read and picked, nor what must still be erased.
export function forget() {
  const { seen, picked, erase } = memory;
  Object.assign(memory, nothing(), { seen, picked, erase });
  keep();
}

export function leaveNothing() {
  Object.assign(memory, nothing());
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There was nothing.
  }
}
