// Opinions: what the visitor thinks of each answer. The token that comes back lets this page change or withdraw it.
import { find, language, phrase, tell } from "./words.js";
import { exchangeAt } from "./shelf.js";

// By the id of the exchange: `token`, `verdict`, whether its form is `open`, what stands in it. One that takes the
// place of another has another id, and so an opinion of its own.
const opinions = new Map();
const sending = new Set();

async function request(exchange, address, options) {
  if (!exchange || sending.has(exchange.id)) return null; // pressed twice it is sent once
  sending.add(exchange.id);
  const response = await fetch(address, options).catch(() => null);
  sending.delete(exchange.id);
  if (response?.ok) return response;
  tell(phrase("js.unsent"));
  return null;
}

async function send(exchange, verdict, more) {
  const said = opinions.get(exchange?.id);
  const body = { question: exchange?.question, answer: exchange?.answer, verdict, language: language(), token: said?.token ?? null, ...more };
  const response = await request(exchange, "/api/feedback", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (!response) return false;
  const { token } = await response.json();
  opinions.set(exchange.id, { ...opinions.get(exchange.id), token, verdict, open: verdict === "down" && !more });
  tell(phrase("js.thanks"));
  return true;
}

async function withdraw(exchange, { token }) {
  if (!(await request(exchange, `/api/feedback/${encodeURIComponent(token)}`, { method: "DELETE" }))) return;
  opinions.delete(exchange.id);
  tell(phrase("js.withdrawn"));
}

async function judge(thumb) {
  const exchange = exchangeAt(thumb);
  const said = opinions.get(exchange?.id);
  if (said?.verdict === thumb.dataset.verdict) await withdraw(exchange, said);
  else if (await send(exchange, thumb.dataset.verdict)) {
    restoreOpinions();
    find(".opinion:not([hidden]) input", thumb.closest(".exchange"))?.focus();
  }
  restoreOpinions();
}

async function explain(form) {
  const { reason, text } = filled(form);
  if (!(await send(exchangeAt(form), "down", { reason, text: text || null }))) return;
  restoreOpinions();
  find(".thumb[data-verdict=down]", form.closest(".exchange")).focus();
}

function filled(form) {
  const said = new FormData(form);
  return { reason: said.get("reason"), text: said.get("text") };
}

// The server draws the past anew with each question, and knows nothing of opinions.
export function restoreOpinions() {
  for (const form of document.querySelectorAll("#talk .opinion")) {
    const { verdict, open, reason, text } = opinions.get(exchangeAt(form)?.id) ?? {};
    for (const thumb of form.closest(".exchange").querySelectorAll(".thumb")) {
      thumb.setAttribute("aria-pressed", String(thumb.dataset.verdict === verdict));
    }
    form.hidden = !open;
    for (const one of form.elements.reason) one.checked = one.value === reason;
    form.elements.text.value = text ?? "";
  }
}

document.addEventListener("click", (event) => {
  const thumb = event.target.closest(".thumb");
  if (thumb) judge(thumb);
});
document.addEventListener("input", (event) => {
  const form = event.target.closest(".opinion");
  const exchange = form && exchangeAt(form);
  if (exchange) opinions.set(exchange.id, { ...opinions.get(exchange.id), ...filled(form) });
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".opinion")) return;
  event.preventDefault();
  explain(event.target);
});
document.addEventListener("conversation", restoreOpinions);
