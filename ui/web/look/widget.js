// The line for integrators is copied by a button; without this script it is selected by hand.
const button = document.getElementById("copy-line");
const said = document.getElementById("copied");
if (button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById("line").textContent);
    said.textContent = "";
    requestAnimationFrame(() => (said.textContent = button.dataset.done));
    said.classList.remove("unseen");
  });
}
