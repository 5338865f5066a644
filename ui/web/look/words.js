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

// One line for the eye and the screen reader alike; the next one takes its place.
export function tell(text) {
  find("#told").textContent = text;
}
