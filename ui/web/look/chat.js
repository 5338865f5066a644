// What Gradio leaves to the page: markers that show their card, sources as a sheet on a phone, the reading
// position, and words for screen readers. Nothing here decides what is shown; the server does.
import { fill, find, make, phrase } from "./words.js";
import { comeBack, keep } from "./shelf.js";
import { openShelf } from "./drawer.js";
import { restoreOpinions } from "./opinions.js";
import "./tools.js";
import "./embed.js";

const narrow = window.matchMedia("(max-width: 59.99rem)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const touch = window.matchMedia("(pointer: coarse)");
const motion = () => (still.matches ? "auto" : "smooth");
const embedded = new URLSearchParams(location.search).has("embed");
if (embedded) document.documentElement.dataset.embed = "";
let origin = null; // where the keyboard goes back to

// Markers and cards.

function show(card, from) {
  origin = from;
  document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
  card.open = true;
  card.classList.add("lit");
  from.classList.add("lit");
  const panel = card.closest(".sources");
  if (narrow.matches) openSheet(panel);
  const top = card.offsetTop - panel.offsetTop - find(".sources-head", panel).offsetHeight - 8;
  panel.scrollTo({ top, behavior: motion() });
  find("summary", card).focus({ preventScroll: true });
  if (!narrow.matches) intoView(card);
}

function intoView(element) {
  const box = element.getBoundingClientRect();
  const room = window.innerHeight - (find("#desk")?.offsetHeight ?? 0);
  if (box.top < 0 || box.top > room - 80) element.scrollIntoView({ block: "nearest", behavior: motion() });
}

function openSheet(panel) {
  document.querySelectorAll(".sources.open").forEach((other) => other.classList.remove("open"));
  panel.classList.add("open");
  document.body.classList.add("sheet");
}

function closeSheet() {
  const panel = find(".sources.open");
  panel?.classList.remove("open");
  document.body.classList.remove("sheet");
  return panel;
}

function goBack() {
  closeSheet();
  const target = origin?.isConnected ? origin : null;
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "nearest", behavior: motion() });
  origin = null;
  return target;
}

function onClick(event) {
  const link = event.target.closest("a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  const opener = event.target.closest(".show-sources");
  if (event.target.closest("#shelf-open")) openShelf();
  if (event.target.closest("#themes-open")) chooseThemes();
  if (event.target.closest("#moves .chip")) move(event.target.closest(".chip"));
  if (link?.matches(".marker") && target) {
    event.preventDefault();
    show(target, link);
  } else if (link?.matches(".back")) {
    event.preventDefault();
    if (!goBack() && target) target.focus();
  } else if (link?.matches(".skip") && target) {
    event.preventDefault();
    (find("textarea", target) ?? target).focus();
  } else if (opener) {
    const panel = document.getElementById(opener.getAttribute("aria-controls"));
    origin = opener;
    openSheet(panel);
    find(".close", panel).focus({ preventScroll: true });
  } else if (event.target.closest(".sources .close") || (find(".sources.open") && !event.target.closest(".sources"))) {
    goBack();
  }
}

function onKey(event) {
  if (event.key === "Escape" && origin && !event.defaultPrevented) {
    event.preventDefault();
    goBack();
  }
}

// Themes that the search is restricted to.

function chooseThemes() {
  const open = document.body.classList.toggle("choosing");
  find("#themes-open").setAttribute("aria-expanded", String(open));
  if (open) find("#themes input")?.focus();
}

function countThemes() {
  const chosen = document.querySelectorAll("#themes input:checked").length;
  const count = find("#themes-open .count");
  if (count && count.textContent !== String(chosen || "")) count.textContent = chosen || "";
}

// Moves: the buttons above the question box. Gradio's own, out of sight, does what each says.

function move(button) {
  const box = find("#question textarea");
  button.disabled = true; // pressed twice it asks once
  setTimeout(() => (button.disabled = false), 1000);
  if (button.dataset.ask) fill(box, button.dataset.ask, "#send");
  else find(`#do-${button.id}`).click();
  // The button goes with the next step; the keyboard is not to fall back to the top of the page.
  if (!touch.matches || button.id === "edit") box.focus();
}

// A new question goes to the top of the window; its answer grows below it. When it is complete it is kept, and
// announced once.

let latest = "";
let growing = false;

function onComplete(exchange) {
  keep(JSON.parse(exchange.dataset.kept));
  delete exchange.dataset.kept;
  if (growing) announce(exchange);
  if (new URLSearchParams(location.search).has("q")) address({ q: null, themes: null });
}

// Change what stands in the address, such as its language, without asking for it; null takes it out.
function address(changes) {
  const parts = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) parts.delete(name);
    else if (parts.has(name)) parts.set(name, value);
  }
  history.replaceState(null, "", `/?${parts}`.replace(/\?$/, ""));
}

function announce(exchange) {
  const answer = find(".answer", exchange)?.cloneNode(true);
  answer?.querySelectorAll(".marker").forEach((marker) => marker.remove());
  const count = exchange.querySelectorAll(".card").length;
  const verdict = find(".verdict", exchange)?.textContent ?? "";
  find("#heard").textContent = [verdict, answer?.textContent.trim(), phrase("js.complete", { count })].filter(Boolean).join(" ");
}

function onPresent() {
  const exchange = find("#present .exchange");
  document.body.classList.toggle("begun", Boolean(exchange));
  if (exchange?.dataset.kept) onComplete(exchange);
  growing = Boolean(exchange?.matches(".answering"));
  if (!exchange) latest = "";
  if (!exchange || exchange.id === latest) return;
  latest = exchange.id;
  closeSheet();
  if (touch.matches) document.activeElement?.blur(); // the keyboard would cover the answer
  window.scrollTo({ top: exchange.getBoundingClientRect().top + window.scrollY - 12, behavior: motion() });
}

let greeted = false;

function onHeader() {
  const spoken = find(".brand")?.lang;
  if (spoken) document.documentElement.lang = spoken;
  find("#desk")?.setAttribute("aria-label", phrase("js.desk"));
  // What is sent before the server has greeted would be overwritten by the greeting.
  if (!greeted && find(".brand[data-greeted]")) {
    greeted = true;
    comeBack();
  }
}

// Gradio draws the page after this script has run.

function furnish() {
  const present = find("#present");
  if (!present || ["#brand .brand", "#head", "#moves", "#status", "#foot", "#themes", "#kept"].some((part) => !find(part))) return false;
  document.body.append(make("p", { id: "told", role: "status" }), make("p", { id: "heard", role: "status", class: "unseen" }));
  find("#status").setAttribute("role", "status");
  // Gradio puts all into one main, in which nothing can be a banner.
  find("#desk").setAttribute("role", "form");
  new MutationObserver(onPresent).observe(present, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "id", "data-kept"] });
  new MutationObserver(restoreOpinions).observe(find("#talk"), { childList: true, subtree: true });
  new MutationObserver(onHeader).observe(find("#brand"), { childList: true, subtree: true, attributes: true });
  new MutationObserver(countThemes).observe(find("#themes"), { childList: true, subtree: true });
  onPresent();
  onHeader();
  // Not by `autofocus`, which a browser refuses in a frame of another site.
  if (!embedded && !touch.matches && document.activeElement === document.body) find("#question textarea")?.focus();
  return true;
}

function onChange(event) {
  if (event.target.closest("#themes")) countThemes();
  if (event.target.closest("#language")) {
    document.cookie = `language=${event.target.value}; path=/; max-age=31536000; samesite=lax`;
    address({ lang: event.target.value });
  }
}

document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("keydown", onKey);
const drawn = new MutationObserver(() => furnish() && drawn.disconnect());
if (!furnish()) drawn.observe(document.documentElement, { childList: true, subtree: true });
