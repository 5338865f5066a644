// What can be done with an answer: copy it, share its question, make a note of it.
import { find, language, make, phrase, tell } from "./words.js";
import { current, exchangeAt } from "./shelf.js";

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    tell(done);
  } catch {
    offer(text); // no clipboard without https, or a visitor who forbids it
  }
}

function offer(text) {
  const close = make("button", { type: "button", text: phrase("shelf.close") });
  const area = make("textarea", { rows: "8", readonly: "", "aria-label": phrase("js.uncopied"), text });
  const dialog = make("dialog", { class: "drawer", "aria-label": phrase("js.uncopied") }, make("p", { text: phrase("js.uncopied") }), area, close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  area.select();
}

function answerAsText(exchange) {
  const sources = [...exchange.querySelectorAll(".card")].map((card) => {
    const rows = [...card.querySelectorAll("dd")].map((row) => row.textContent.trim());
    return `[${find(".number", card).textContent}] ${rows.join(" · ")}`;
  });
  return [find(".asked", exchange).innerText, find(".answer", exchange)?.innerText.trim() ?? "", sources.join("\n")].filter(Boolean).join("\n\n");
}

// A form, so that the browser itself takes the file.
export function exportNote(exchanges, format) {
  if (!exchanges.length) return;
  const form = make("form", { method: "post", action: "/note", enctype: "multipart/form-data", hidden: "" });
  const kept = exchanges.map(({ question, answer }) => ({ question, answer }));
  for (const [name, value] of Object.entries({ exchanges: JSON.stringify(kept), format, lang: language() })) {
    form.append(make("input", { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

document.addEventListener("click", (event) => {
  const tool = event.target.closest(".tool, .export, [data-note]");
  if (!tool) return;
  if (tool.matches(".copy")) copy(answerAsText(tool.closest(".exchange")), phrase("js.copied"));
  else if (tool.matches(".share")) {
    event.preventDefault();
    copy(tool.href, phrase("js.shared"));
  } else if (tool.matches("[data-note]")) exportNote(current()?.exchanges ?? [], tool.dataset.note);
  else if (tool.matches(".export")) {
    const kept = exchangeAt(tool);
    exportNote(kept ? [kept] : [], tool.dataset.format);
    tool.closest("details").open = false;
  }
});

// The menu of formats closes as menus do.

function closeNotes(but) {
  const open = [...document.querySelectorAll(".notes[open]")].filter((menu) => menu !== but);
  for (const menu of open) menu.open = false;
  return open.at(-1);
}

document.addEventListener("click", (event) => closeNotes(event.target.closest(".notes")));
document.addEventListener("keydown", (event) => {
  const closed = event.key === "Escape" && closeNotes();
  if (!closed) return;
  event.preventDefault(); // nothing else closes with it, such as the frame around the chat
  find("summary", closed).focus();
});
