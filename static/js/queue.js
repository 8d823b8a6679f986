// A queue by keyboard: numbers take a suggestion, o opens another area, s leaves the row for later,
// j and k go to the next and the previous row, u takes the last decision back. After a decision the
// row that took its place is in focus. Without this module the buttons do all of it.

let place = 0;

const queue = () => document.querySelector("[data-queue]");
const rows = () => [...(queue()?.querySelectorAll("[data-queue-row]") ?? [])];
const isTyping = (target) => target.matches("input:not([type=checkbox]), textarea, select");

function go(to) {
  const all = rows();
  if (!all.length) return;
  place = Math.min(Math.max(to, 0), all.length - 1);
  all[place].focus();
}

function current() {
  const all = rows();
  const held = all.findIndex((row) => row.contains(document.activeElement));
  if (held >= 0) place = held;
  return held >= 0 ? all[held] : undefined;
}

function open(row) {
  const details = row.querySelector("details");
  if (!details) return;
  details.open = true;
  details.querySelector('input:not([type="hidden"])')?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!queue() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") current()?.focus();
    return;
  }
  const row = current();
  const key = event.key.toLowerCase();
  const button = (row ?? rows()[0])?.querySelector(`button[data-key="${CSS.escape(key)}"]`);
  if (key === "j") go(row ? place + 1 : 0);
  else if (key === "k") go(row ? place - 1 : 0);
  else if (key === "u") queue().querySelector('button[data-key="u"]')?.click();
  else if (key === "o" && row) open(row);
  // The first press only shows which row is meant: nobody decides on a row they did not look at.
  else if (button && !row) go(0);
  else if (button) button.click();
  else return;
  event.preventDefault();
});

document.addEventListener("focusin", current);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === queue()?.id && event.detail.xhr?.status === 200) go(place);
});
