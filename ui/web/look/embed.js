// The chat in a frame of another site: Escape is told to the page around it, and other pages open beside it.

const asked = new URLSearchParams(location.search);
const host = asked.get("host") ?? "";
const QUESTION = "#question textarea";
const touch = window.matchMedia("(pointer: coarse)");

// Only the page that named itself as the one around the frame is told anything: `host` is its exact origin.
function tell(what) {
  if (/^https?:\/\/[\w.-]+(:\d+)?$/.test(host)) window.parent.postMessage({ passerelle: what }, host);
}

// Not where it would bring up a keyboard over what is to be read.
function toQuestion() {
  if (!touch.matches && document.activeElement === document.body) document.querySelector(QUESTION)?.focus();
}

if (asked.has("embed") && window.parent !== window) {
  // What the conversation itself does with Escape comes first.
  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) tell("close");
  });
  window.addEventListener("focus", toQuestion);
  // The box is drawn after the frame was given the focus.
  const drawn = new MutationObserver(() => {
    if (!document.querySelector(QUESTION)) return;
    drawn.disconnect();
    if (document.hasFocus()) toQuestion();
  });
  drawn.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[href]");
      if (link && !(link.hash && link.pathname === location.pathname)) link.target = "_blank";
    },
    true,
  );
}
