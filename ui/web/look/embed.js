// The chat in a frame of another site: Escape is told to the page around it, and other pages open beside it.
"use strict";

const asked = new URLSearchParams(location.search);
const host = asked.get("host") ?? "";
const touch = window.matchMedia("(pointer: coarse)");

// Only the page that named itself as the one around the frame is told anything: `host` is its exact origin.
function tell(what) {
  if (/^https?:\/\/[\w.-]+(:\d+)?$/.test(host)) window.parent.postMessage({ passerelle: what }, host);
}

if (asked.has("embed") && window.parent !== window) {
  // What the conversation itself does with Escape comes first.
  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) tell("close");
  });
  window.addEventListener("focus", () => {
    // Not where it would bring up a keyboard over what is to be read.
    if (!touch.matches && document.activeElement === document.body) document.querySelector("#question textarea")?.focus();
  });
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[href]");
      if (link && !(link.hash && link.pathname === location.pathname)) link.target = "_blank";
    },
    true,
  );
}
