// The button of the chat on somebody else's page. The server puts this function's argument behind it:
// `allowed` are the origins whose pages may show the chat in a frame, `words` what is said, by language.
((given) => {
  "use strict";

  const { allowed, words } = given;
  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  const tag = "passerelle-chat";
  if (!script || document.querySelector(tag)) return;
  const chat = new URL(script.src).origin;
  const options = script.dataset;
  const spoken = (options.language ?? document.documentElement.lang).toLowerCase();
  const language = /^en\b/.test(spoken) ? "en" : "fr";
  const said = words[language];
  const label = options.label?.trim() || said.label;
  const colour = options.colour ?? options.color ?? "";
  const side = options.position === "left" ? "left" : "right";
  const framed = location.origin === chat || allowed.includes(location.origin);
  const narrow = window.matchMedia("(max-width: 40rem), (max-height: 30rem)");

  const STYLE = `
    :host { all: initial; --colour: #0e5a57; --on-colour: #fff; }
    @media print { :host { display: none; } }
    .ours { all: initial; display: contents; } /* what the page says of every element reaches the host, and no further */
    * { box-sizing: border-box; font: inherit; }
    .corner, dialog { font: 400 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    .corner { position: fixed; z-index: 2147483647; bottom: calc(16px + env(safe-area-inset-bottom, 0px)); max-width: calc(100vw - 32px); }
    .right { right: calc(16px + env(safe-area-inset-right, 0px)); }
    .left { left: calc(16px + env(safe-area-inset-left, 0px)); }
    .opener { display: flex; align-items: center; gap: 10px; min-height: 48px; max-width: 100%; padding: 10px 20px; border: 2px solid var(--on-colour); border-radius: 24px; background: var(--colour); color: var(--on-colour); font-weight: 600; text-decoration: none; text-align: start; overflow-wrap: anywhere; box-shadow: 0 4px 18px rgb(0 0 0 / .28); cursor: pointer; }
    .opener svg { flex: none; width: 26px; height: 20px; }
    :focus-visible { outline: 3px solid var(--colour); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    dialog { position: fixed; inset: auto; z-index: 2147483647; bottom: calc(80px + env(safe-area-inset-bottom, 0px)); width: min(440px, calc(100vw - 32px)); height: min(720px, calc(100vh - 112px)); height: min(720px, calc(100dvh - 112px)); max-width: none; max-height: none; margin: 0; padding: 0; border: 1px solid #857d6a; border-radius: 12px; overflow: hidden; background: #faf6ee; color: #20302f; box-shadow: 0 12px 48px rgb(0 0 0 / .32); }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: transparent; }
    .bar { flex: none; display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 4px 4px 4px 16px; background: var(--colour); color: var(--on-colour); }
    .bar h2 { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
    .close { flex: none; display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 8px; background: none; color: inherit; cursor: pointer; }
    .close:focus-visible { outline-color: var(--on-colour); outline-offset: -4px; box-shadow: none; }
    .close svg { width: 18px; height: 18px; }
    .room { position: relative; flex: 1; min-height: 0; }
    .waiting { position: absolute; inset: 0; display: grid; place-items: center; margin: 0; padding: 16px; color: #5d6a66; }
    iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0 0 11px 11px; }
    @media (prefers-color-scheme: dark) {
      dialog { background: #121a1a; color: #e7e4da; border-color: #7d8c88; }
      .waiting { color: #9daaa5; }
    }
    @media (prefers-reduced-motion: no-preference) {
      dialog[open] { animation: rise .18s ease-out; }
      @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
    }
    @media (max-width: 40rem), (max-height: 30rem) {
      dialog { inset: 0; width: 100%; height: 100%; border: 0; }
      dialog, iframe { border-radius: 0; }
    }
    @media (forced-colors: active) { .opener, dialog { border-color: ButtonText; } }
  `;

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.append(...children);
    return element;
  }

  function drawing(box, path) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const line = document.createElementNS(space, "path");
    for (const [name, value] of Object.entries({ viewBox: box, "aria-hidden": "true", focusable: "false" })) svg.setAttribute(name, value);
    const stroke = { d: path, fill: "none", stroke: "currentColor", "stroke-width": "2.6", "stroke-linecap": "round" };
    for (const [name, value] of Object.entries(stroke)) line.setAttribute(name, value);
    svg.append(line);
    return svg;
  }

  // A constructed sheet needs no leave of the page's Content-Security-Policy; a style element would.
  function dress(root) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(make("style", {}, STYLE));
    }
  }

  // Return a colour as #rrggbb, "" for what is none or can be seen through.
  function plain(value) {
    const brush = document.createElement("canvas").getContext("2d");
    const [first, second] = ["#000000", "#ffffff"].map((before) => {
      brush.fillStyle = before; // what is no colour leaves it so
      brush.fillStyle = value;
      return brush.fillStyle;
    });
    return first === second && /^#[0-9a-f]{6}$/.test(first) ? first : "";
  }

  // Paint in the colour that was asked for, and write on it in black or white, whichever is read better.
  function paint(element) {
    const hex = colour && plain(colour);
    if (colour && !hex) console.warn(`Passerelle: ${JSON.stringify(colour)} is no colour that can be used; write data-colour="#0e5a57", say`);
    if (!hex) return;
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const value = parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue; // relative luminance, WCAG 2.2
    element.style.setProperty("--colour", hex);
    element.style.setProperty("--on-colour", light > 0.179 ? "#000" : "#fff");
  }

  const host = document.createElement(tag);
  host.lang = language;
  const stand = () =>
    document.body ? document.body.append(host) : document.addEventListener("DOMContentLoaded", () => document.body.append(host));
  const root = host.attachShadow({ mode: "open" });
  dress(root);
  paint(host);
  const mark = drawing("0 0 40 28", "M2 24C8 8 32 8 38 24M2 18h36M11 18v-4M20 18v-6M29 18v-4");

  // A site that the settings do not name cannot show the chat: its visitors get it in a window of its own.
  if (!framed) {
    console.warn(
      `Passerelle: ${location.origin} may not show the chat in its pages, so the button opens it in a new window. ` +
        `Whoever runs ${chat} adds this site to the settings, widget_origins = ["${location.origin}"], and restarts the server. ` +
        `How: ${chat}/widget`,
    );
    const link = make("a", { class: "opener", href: `${chat}/?lang=${language}`, target: "_blank", rel: "noopener" }, mark, label);
    link.title = said.window;
    root.append(make("div", { class: "ours" }, make("div", { class: `corner ${side}` }, link)));
    stand();
    return;
  }

  const opener = make(
    "button",
    { type: "button", class: "opener", "aria-expanded": "false", "aria-controls": "dialog", "aria-haspopup": "dialog" },
    mark,
    label,
  );
  const close = make("button", { type: "button", class: "close", "aria-label": said.close, title: said.close }, drawing("0 0 20 20", "M3 3l14 14M17 3L3 17"));
  const waiting = make("p", { class: "waiting", role: "status" }, said.waiting);
  const room = make("div", { class: "room" }, waiting);
  const dialog = make(
    "dialog",
    { id: "dialog", class: side, "aria-labelledby": "title" },
    make("div", { class: "bar" }, make("h2", { id: "title" }, label), close),
    room,
  );
  let frame = null;

  function load() {
    if (frame) return;
    const address = `${chat}/?embed=1&lang=${language}&host=${encodeURIComponent(location.origin)}`;
    frame = make("iframe", { src: address, title: said.title, allow: "clipboard-write" });
    frame.addEventListener("load", () => {
      waiting.remove();
      if (dialog.open && root.activeElement === close) frame.focus();
    });
    room.append(frame);
  }

  function open() {
    if (dialog.open) return;
    load();
    // On a phone it takes the whole screen, and nothing behind it can be reached; else the page stays in use.
    if (narrow.matches) dialog.showModal();
    else dialog.show();
    opener.setAttribute("aria-expanded", "true");
    if (waiting.isConnected) close.focus();
    else frame.focus();
  }

  function shut() {
    if (dialog.open) dialog.close();
  }

  opener.addEventListener("click", () => (dialog.open ? shut() : open()));
  close.addEventListener("click", shut);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      shut();
    }
  });
  dialog.addEventListener("close", () => {
    if (dialog.open) return; // it was opened again at once
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  });
  // A dialog that fits beside the page takes all of it when the window becomes a phone's, and the reverse.
  narrow.addEventListener("change", () => {
    if (!dialog.open) return;
    shut();
    open();
  });
  window.addEventListener("message", (event) => {
    if (event.origin === chat && event.source === frame?.contentWindow && event.data?.passerelle === "close") shut();
  });

  // The dialog comes after its button, so that the keyboard finds it there.
  root.append(make("div", { class: "ours" }, make("div", { class: `corner ${side}` }, opener), dialog));
  stand();
})
