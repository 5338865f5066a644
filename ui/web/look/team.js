// The pages of the team, enhanced: work is followed without loading the page again, files can be dropped.

const EVERY = 1000; // ms between two looks

function follow(box) {
  const told = document.querySelector("[data-told]");
  let said = box.querySelector(".job")?.dataset.said ?? "";

  async function look() {
    if (box.querySelector(".job")?.dataset.state !== "running") return;
    if (!document.hidden) {
      try {
        const response = await fetch(box.dataset.follow);
        if (!response.ok || response.redirected) return;
        await take(parsed(await response.text()).querySelector(".job"));
      } catch {
        // The server is away for a moment: the next look may find it.
      }
    }
    setTimeout(look, EVERY);
  }

  async function take(job) {
    if (!job) return;
    const focused = box.contains(document.activeElement) ? document.activeElement.tagName : "";
    const unfolded = box.querySelector("details")?.open;
    box.replaceChildren(document.adoptNode(job));
    if (unfolded) box.querySelector("details")?.setAttribute("open", "");
    if (focused) box.querySelector(focused)?.focus();
    if (job.dataset.said !== said) {
      said = job.dataset.said;
      if (told) told.textContent = said;
    }
    if (job.dataset.state !== "running") await refresh();
  }

  setTimeout(look, EVERY);
}

// What else the page says may be out of date when some work ends.
async function refresh() {
  const response = await fetch(location.pathname + location.search);
  if (!response.ok || response.redirected) return;
  const fresh = parsed(await response.text());
  for (const part of document.querySelectorAll("[data-refreshed][id]")) {
    const newer = fresh.getElementById(part.id);
    if (newer && !part.contains(document.activeElement)) part.replaceChildren(...newer.childNodes);
  }
  // What was said of its beginning is over; what went wrong is not.
  document.querySelector("#notice:not(.wrong)")?.remove();
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

function receive(form) {
  const input = form.querySelector("input[type=file]");
  const chosen = form.querySelector(".chosen");
  const limit = Number(form.dataset.limit);
  form.querySelector(".drop-here").hidden = false;

  function show() {
    chosen.replaceChildren(...Array.from(input.files, (file) => {
      const line = document.createElement("li");
      const name = document.createElement("bdi");
      name.textContent = file.name;
      line.append(name);
      if (file.size > limit) {
        const why = document.createElement("strong");
        why.className = "too-large";
        why.textContent = ` ${form.dataset.large}`;
        line.append(why);
      }
      return line;
    }));
  }

  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      if (kind === "drop" || !form.contains(event.relatedTarget)) form.classList.remove("over");
    });
  }
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    const entries = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = entries.length ? (await Promise.all(entries.map(below))).flat() : [...event.dataTransfer.files];
    put(files);
    show();
  });
  form.addEventListener("submit", () => {
    put([...input.files].filter((file) => file.size <= limit));
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    button.textContent = form.dataset.sending;
  });

  function put(files) {
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    input.files = held.files;
  }
}

// The files of what was dropped, folders walked through.
async function below(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(below))).flat();
}

for (const box of document.querySelectorAll("[data-follow]")) follow(box);
for (const form of document.querySelectorAll("[data-drop]")) receive(form);
