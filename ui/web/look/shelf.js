// The shelf: conversations kept in this browser, and nowhere else. Each has a key of its own in localStorage.
import { fill, find, phrase, tell } from "./words.js";

export const PREFIX = "passerelle:conversation:";
const CURRENT = "passerelle:current"; // of this tab
const BOX = "#kept textarea, #kept input";
const SENT = 40; // exchanges that the server takes back at once
const LARGEST = 700_000; // bytes of them: the server takes no body over a million

let conversation = null;
let base = 0; // exchanges of the conversation that stand before the first on the page
let written = false; // whether it stood in localStorage
let forgotten = 0; // exchanges at its beginning that were deleted in another tab: on the page, kept no more
let pending = null; // what the server was handed and has not answered

const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

// What is kept of a conversation, null for nothing. Somebody may have altered it, and it is still to be listed.
export function read(id) {
  const text = localStorage.getItem(PREFIX + id);
  if (text === null) return null;
  let kept = null;
  try {
    kept = JSON.parse(text);
  } catch {
    // Listed without a title, to be deleted.
  }
  const exchanges = Array.isArray(kept?.exchanges) ? kept.exchanges : [];
  return {
    id,
    title: typeof kept?.title === "string" ? kept.title : "",
    at: typeof kept?.at === "number" && !Number.isNaN(new Date(kept.at).getTime()) ? kept.at : 0,
    exchanges: exchanges.map((one, place) => ({ id: `${id}:${place}`, ...one })),
  };
}

export function conversations() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => read(key.slice(PREFIX.length)))
      .sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}

// Keep a conversation; the oldest others make room for it. Says whether that was possible.
function write({ id, ...kept }) {
  for (let dropped = false; ; dropped = true) {
    try {
      localStorage.setItem(PREFIX + id, JSON.stringify(kept));
      if (dropped) tell(phrase("shelf.full"));
      return true;
    } catch {
      const oldest = conversations().filter((other) => other.id !== id).pop();
      if (!oldest) {
        tell(phrase("shelf.refused"));
        return false;
      }
      localStorage.removeItem(PREFIX + oldest.id);
    }
  }
}

export function rename(id, title) {
  const kept = read(id); // another tab may have gone on with it, or deleted it
  if (kept) write({ ...kept, title });
}

function remember(id) {
  try {
    if (id) sessionStorage.setItem(CURRENT, id);
    else sessionStorage.removeItem(CURRENT);
  } catch {
    // Nothing can be kept: the page works all the same.
  }
}

function stored() {
  try {
    return read(conversation.id);
  } catch {
    return null;
  }
}

const ids = (exchanges) => exchanges.map((one) => one.id).join(" ");
const same = (one, other) => one?.question === other.question && one.answer?.text === other.answer.text;
const content = ({ answer, themes, stopped }) => JSON.stringify([answer, themes, stopped]);

// An exchange that is complete, as the server gives it to the page, each time that it is drawn.
export function keep(exchange) {
  settle(exchange);
  conversation ??= { id: newId(), title: exchange.question, exchanges: [] };
  const place = base + exchange.number - 1;
  const before = conversation.exchanges[place];
  if (same(before, exchange) && content(before) === content(exchange)) return;
  makeRoom(exchange, place);
  const kept = { ...exchange, id: same(before, exchange) ? before.id : newId() };
  conversation.exchanges = [...conversation.exchanges.slice(0, place), kept];
  conversation.at = Date.now();
  forgotten = Math.min(forgotten, place);
  written = write({ ...conversation, exchanges: conversation.exchanges.slice(forgotten) });
  remember(conversation.id);
}

// Another tab may have had the same conversation. Where it went on with it, its branch stays as it is, and this
// one becomes a conversation of its own: nothing is lost, and no follow-up stands after what it does not follow.
// Where it deleted it, only what is asked from now on is kept.
function makeRoom({ question }, place) {
  const kept = stored();
  if (!kept && written) {
    forgotten = place;
    conversation = { ...conversation, id: newId(), title: question };
  } else if (kept && ids(kept.exchanges) !== ids(conversation.exchanges.slice(forgotten))) {
    conversation = { ...conversation, id: newId(), title: question };
    tell(phrase("shelf.branched"));
  } else if (kept) conversation.title = kept.title;
}

export function current() {
  settle();
  return conversation;
}

// The exchange that an element of the page belongs to.
export function exchangeAt(element) {
  const number = Number(element.closest(".exchange").id.replace("exchange-", ""));
  return current()?.exchanges[base + number - 1];
}

// Hand a conversation to the server, which draws it; null begins a new one.
export function show(one) {
  let sent = one?.exchanges.slice(-SENT) ?? [];
  while (sent.length && new Blob([JSON.stringify(sent)]).size > LARGEST) sent = sent.slice(1);
  if (one && !sent.length) {
    tell(phrase("shelf.unreadable"));
    return;
  }
  const text = sent.length ? JSON.stringify({ exchanges: sent }) : "";
  pending = { one, start: (one?.exchanges.length ?? 0) - sent.length, sent, text };
  fill(find(BOX), text, "#reopen");
  if (one) waitFor(pending);
  else take(pending);
}

function waitFor(handed) {
  settle();
  if (pending === handed) setTimeout(waitFor, 100, handed);
}

// The server empties the box when it has drawn the conversation, and leaves another word there when it cannot
// read it: the page, and what is asked next, are then of the conversation before. `exchange` was just drawn.
function settle(exchange) {
  if (!pending) return;
  const left = find(BOX).value;
  const { sent, text } = pending;
  const drawn = exchange?.number === sent.length && same(sent.at(-1), exchange);
  if (drawn || !left) take(pending);
  else if (left !== text) pending = null;
}

function take({ one, start }) {
  pending = null;
  conversation = one;
  base = start;
  written = Boolean(one);
  forgotten = 0;
  remember(one?.id);
  document.dispatchEvent(new Event("conversation"));
}

export function comeBack() {
  try {
    const id = sessionStorage.getItem(CURRENT);
    const kept = id && read(id);
    if (kept && !new URLSearchParams(location.search).get("q")) show(kept);
  } catch {
    // As above.
  }
}
