// What can be done with an answer: copy it, share its question, make a note of it, say how good it is.
import { find, language, make, phrase, tell } from "./words.js";
import { currentExchanges, exchangeOf } from "./shelf.js";

const number = (within) => Number(within.closest(".exchange").id.replace("exchange-", ""));

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

// Opinions. The token that comes back lets this page change or withdraw what it said.

const tokens = new Map();

async function send(place, verdict, more = {}) {
  const kept = exchangeOf(place);
  if (!kept) return false;
  const body = { question: kept.question, answer: kept.answer, verdict, language: language(), token: tokens.get(place) ?? null, ...more };
  const response = await fetch("/api/feedback", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(() => null);
  if (!response?.ok) {
    tell(phrase("js.unsent"));
    return false;
  }
  tokens.set(place, (await response.json()).token);
  tell(phrase("js.thanks"));
  return true;
}

async function withdraw(place) {
  const response = await fetch(`/api/feedback/${encodeURIComponent(tokens.get(place))}`, { method: "DELETE" }).catch(() => null);
  if (!response?.ok) {
    tell(phrase("js.unsent"));
    return false;
  }
  tokens.delete(place);
  tell(phrase("js.withdrawn"));
  return true;
}

async function judge(thumb) {
  const exchange = thumb.closest(".exchange");
  const place = number(thumb);
  const pressed = thumb.getAttribute("aria-pressed") === "true";
  if (!(pressed ? await withdraw(place) : await send(place, thumb.dataset.verdict))) return;
  for (const one of exchange.querySelectorAll(".thumb")) one.setAttribute("aria-pressed", String(one === thumb && !pressed));
  const form = find(".opinion", exchange);
  form.hidden = pressed || thumb.dataset.verdict !== "down";
  if (!form.hidden) find("input", form).focus();
}

async function explain(form) {
  const said = new FormData(form);
  if (await send(number(form), "down", { reason: said.get("reason"), text: said.get("text") || null })) {
    form.hidden = true;
    find(".thumb[data-verdict=down]", form.closest(".exchange")).focus();
  }
}

document.addEventListener("click", (event) => {
  const tool = event.target.closest(".tool, .export, [data-note]");
  if (!tool) return;
  if (tool.matches(".copy")) copy(answerAsText(tool.closest(".exchange")), phrase("js.copied"));
  else if (tool.matches(".share")) {
    event.preventDefault();
    copy(tool.href, phrase("js.shared"));
  } else if (tool.matches(".thumb")) judge(tool);
  else if (tool.matches("[data-note]")) exportNote(currentExchanges(), tool.dataset.note);
  else if (tool.matches(".export")) {
    const kept = exchangeOf(number(tool));
    exportNote(kept ? [kept] : [], tool.dataset.format);
    tool.closest("details").open = false;
  }
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".opinion")) return;
  event.preventDefault();
  explain(event.target);
});
