// The phrases that the scripts say, in the language of the page: the server puts them into the header.

export const find = (selector, within = document) => within.querySelector(selector);

export function phrase(key, fields = {}) {
  const said = JSON.parse(find(".brand")?.dataset.words ?? "{}")[key] ?? key;
  return said.replace(/\{(\w+)\}/g, (hole, name) => fields[name] ?? hole);
}

export const language = () => find(".brand")?.lang || document.documentElement.lang;

// Make an element: what is given as text is text, whoever wrote it.
export function make(name, { text, ...attributes } = {}, ...within) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  if (text !== undefined) element.textContent = text;
  element.append(...within);
  return element;
}

// Write into a box of Gradio's as a visitor would, and press a button of its own.
export function fill(box, text, button) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => find(button).click(), 50); // Gradio takes the value over first
}

// One line for the eye and the screen reader alike, gone after a while or when the next one comes.
let gone = 0;
export function tell(text) {
  clearTimeout(gone);
  find("#told").textContent = text;
  gone = setTimeout(() => (find("#told").textContent = ""), 10_000);
}
