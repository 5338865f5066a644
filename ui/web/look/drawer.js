// The drawer: the conversations of the shelf, to be opened, renamed, taken along and deleted.
import { find, make, phrase } from "./words.js";
import { PREFIX, conversations, current, read, rename, show } from "./shelf.js";

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
  const name = make("input", { type: "text", maxlength: "200", "aria-label": phrase("shelf.rename.of"), value: titleOf(one) });
  const form = make("form", {}, name, make("button", { text: phrase("shelf.save") }), make("button", { type: "button", text: phrase("shelf.cancel") }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    rename(one.id, name.value.trim() || one.title);
    draw(one.id);
  });
  form.lastChild.addEventListener("click", () => draw(one.id));
  item.replaceChildren(form);
  name.select();
}

function remove(some) {
  for (const one of some) localStorage.removeItem(PREFIX + one.id);
  if (some.some((one) => one.id === current()?.id)) show(null);
  draw();
}

// What was altered may have lost its title and its date.
function titleOf(one) {
  const asked = one.exchanges[0]?.question;
  return one.title.trim() || (typeof asked === "string" && asked.trim()) || phrase("shelf.untitled");
}

function dateOf(one) {
  if (!one.at) return phrase("shelf.undated");
  return new Date(one.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
}

function item(one) {
  const title = titleOf(one);
  const open = make("button", { type: "button", class: "open", dir: "auto", text: title });
  const when = make("small", { text: dateOf(one) });
  const rename = make("button", { type: "button", class: "rename", text: phrase("shelf.rename"), "aria-label": `${phrase("shelf.rename")} : ${title}` });
  const drop = make("button", { type: "button", class: "drop", text: phrase("shelf.delete"), "aria-label": `${phrase("shelf.delete")} : ${title}` });
  const line = make("li", { "data-id": one.id }, open, when, rename, drop);
  if (current()?.id === one.id) open.setAttribute("aria-current", "true");
  open.addEventListener("click", () => {
    find("#shelf").close();
    show(read(one.id)); // another tab may have gone on with it
  });
  rename.addEventListener("click", () => renaming(one, line));
  drop.addEventListener("click", () => line.replaceChildren(sure(phrase("shelf.delete.sure"), () => remove([one]))));
  return line;
}

function draw(focused) {
  const kept = conversations();
  const list = make("ul", {}, ...kept.map(item));
  const fresh = make("button", { type: "button", class: "fresh", text: phrase("shelf.new") });
  const close = make("button", { type: "button", class: "close", text: phrase("shelf.close") });
  const clear = make("button", { type: "button", class: "grave", text: phrase("shelf.clear") });
  const foot = make("div", { class: "foot" });
  if (current()) {
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
    if (current()) show(null);
    remove(conversations());
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

// What another tab keeps or deletes, unless something is being renamed or deleted here.
window.addEventListener("storage", ({ key }) => {
  if (key?.startsWith(PREFIX) === false || !find("#shelf[open]") || find("#shelf :is(form, .sure)")) return;
  draw();
});
