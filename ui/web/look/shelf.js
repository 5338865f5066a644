// The shelf: conversations kept in this browser, and nowhere else. Each has a key of its own in localStorage.
import { fill, find, make, phrase, tell } from "./words.js";

const PREFIX = "passerelle:conversation:";
const CURRENT = "passerelle:current"; // of this tab
const SENT = 40; // exchanges that the server takes back at once
const LARGEST = 700_000; // bytes of them: the server takes no body over a million

let conversation = null;
let base = 0; // exchanges of the conversation that stand before the first on the page

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return Array.isArray(kept?.exchanges) && kept.exchanges.length ? { ...kept, id: key.slice(PREFIX.length) } : null;
  } catch {
    return null;
  }
}

export function conversations() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map(read)
      .filter(Boolean)
      .sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}

// Keep a conversation; the oldest others make room for it.
function write(one) {
  const { id, ...kept } = one;
  for (let dropped = false; ; dropped = true) {
    try {
      localStorage.setItem(PREFIX + id, JSON.stringify(kept));
      if (dropped) tell(phrase("shelf.full"));
      return;
    } catch {
      const oldest = conversations().filter((other) => other.id !== id).pop();
      if (!oldest) {
        tell(phrase("shelf.refused"));
        return;
      }
      localStorage.removeItem(PREFIX + oldest.id);
    }
  }
}

function remember(id) {
  try {
    if (id) sessionStorage.setItem(CURRENT, id);
    else sessionStorage.removeItem(CURRENT);
  } catch {
    // Nothing can be kept: the page works all the same.
  }
}

// An exchange that is complete, as the server gives it to the page.
export function keep(exchange) {
  conversation ??= { id: crypto.randomUUID?.() ?? String(Date.now()), title: exchange.question, exchanges: [] };
  conversation.exchanges = [...conversation.exchanges.slice(0, base + exchange.number - 1), exchange];
  conversation.at = Date.now();
  write(conversation);
  remember(conversation.id);
}

export const currentExchanges = () => conversation?.exchanges ?? [];
export const exchangeOf = (number) => currentExchanges()[base + number - 1];

// Hand a conversation to the server, which draws it; null begins a new one.
function show(one) {
  let sent = one?.exchanges.slice(-SENT) ?? [];
  while (sent.length && new Blob([JSON.stringify(sent)]).size > LARGEST) sent = sent.slice(1);
  if (one && !sent.length) {
    tell(phrase("shelf.unreadable"));
    return;
  }
  conversation = one;
  base = (one?.exchanges.length ?? 0) - sent.length;
  remember(one?.id);
  fill(find("#kept textarea, #kept input"), sent.length ? JSON.stringify({ exchanges: sent }) : "", "#reopen");
}

export function comeBack() {
  try {
    const id = sessionStorage.getItem(CURRENT);
    const kept = id && read(PREFIX + id);
    if (kept && !new URLSearchParams(location.search).get("q")) show(kept);
  } catch {
    // As above.
  }
}

// The drawer.

function sure(question, done) {
  const yes = make("button", { type: "button", class: "grave", text: phrase("shelf.delete") });
  const no = make("button", { type: "button", text: phrase("shelf.cancel") });
  const asked = make("div", { class: "sure", role: "group", "aria-label": question }, make("span", { text: question }), yes, no);
  yes.addEventListener("click", done);
  no.addEventListener("click", draw);
  queueMicrotask(() => no.focus());
  return asked;
}

function renaming(one, item) {
  const name = make("input", { type: "text", maxlength: "200", "aria-label": phrase("shelf.rename.of"), value: one.title });
  const form = make("form", {}, name, make("button", { text: phrase("shelf.save") }), make("button", { type: "button", text: phrase("shelf.cancel") }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const title = name.value.trim() || one.title;
    write({ ...one, title });
    if (conversation?.id === one.id) conversation.title = title;
    draw(one.id);
  });
  form.lastChild.addEventListener("click", () => draw(one.id));
  item.replaceChildren(form);
  name.select();
}

function remove(one) {
  localStorage.removeItem(PREFIX + one.id);
  if (conversation?.id === one.id) show(null);
  draw();
}

function item(one) {
  const open = make("button", { type: "button", class: "open", dir: "auto", text: one.title });
  const when = make("small", { text: new Date(one.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }) });
  const rename = make("button", { type: "button", class: "rename", text: phrase("shelf.rename"), "aria-label": `${phrase("shelf.rename")} : ${one.title}` });
  const drop = make("button", { type: "button", class: "drop", text: phrase("shelf.delete"), "aria-label": `${phrase("shelf.delete")} : ${one.title}` });
  const line = make("li", { "data-id": one.id }, open, when, rename, drop);
  if (conversation?.id === one.id) open.setAttribute("aria-current", "true");
  open.addEventListener("click", () => {
    find("#shelf").close();
    show(one);
  });
  rename.addEventListener("click", () => renaming(one, line));
  drop.addEventListener("click", () => line.replaceChildren(sure(phrase("shelf.delete.sure"), () => remove(one))));
  return line;
}

function draw(focused) {
  const kept = conversations();
  const list = make("ul", {}, ...kept.map(item));
  const fresh = make("button", { type: "button", class: "fresh", text: phrase("shelf.new") });
  const close = make("button", { type: "button", class: "close", text: phrase("shelf.close") });
  const clear = make("button", { type: "button", class: "grave", text: phrase("shelf.clear") });
  const foot = make("div", { class: "foot" });
  if (conversation) {
    const formats = ["docx", "pdf", "md"].map((format) => make("button", { type: "button", "data-note": format, text: format.toUpperCase() }));
    foot.append(make("div", { role: "group", "aria-label": phrase("shelf.note") }, make("span", { text: phrase("shelf.note") }), ...formats));
  }
  if (kept.length) foot.append(clear);
  find("#shelf").replaceChildren(
    make("div", { class: "top" }, make("h2", { id: "shelf-title", text: phrase("shelf") }), close),
    make("p", { text: phrase("shelf.where") }), fresh,
    kept.length ? list : make("p", { class: "none", text: phrase("shelf.empty") }), foot);
  close.addEventListener("click", () => find("#shelf").close());
  fresh.addEventListener("click", () => {
    find("#shelf").close();
    show(null);
    find("#question textarea")?.focus();
  });
  clear.addEventListener("click", () => clear.replaceWith(sure(phrase("shelf.clear.sure"), () => {
    for (const one of conversations()) localStorage.removeItem(PREFIX + one.id);
    if (conversation) show(null);
    draw();
  })));
  (typeof focused === "string" ? find(`[data-id="${focused}"] .rename`, find("#shelf")) : fresh).focus();
}

export function openShelf() {
  let dialog = find("#shelf");
  if (!dialog) {
    dialog = make("dialog", { id: "shelf", class: "drawer", "aria-labelledby": "shelf-title" });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
  }
  dialog.showModal();
  draw();
}
