// The review of matches by keyboard. Without this module the same buttons and links do the work.
// Keys act only while the focus is in the review, so that they never surprise elsewhere, and never
// in a field or together with a modifier. One decision at a time: while one is under way, keys rest.

const KEYS = {
  a: "match-accepted",
  r: "match-rejected",
  u: "match-unsure",
  z: "match-undo",
  j: "match-next",
  ArrowRight: "match-next",
  k: "match-previous",
  ArrowLeft: "match-previous",
};
const REVIEW = "#review";
const NARROW = 641; // px: as in the sheet, where one match fills the screen
const FIELDS = "input, select, textarea, [contenteditable]";

let isUnderWay = false;
let shown = document.getElementById("match");

function showKeys() {
  const help = document.getElementById("review-keys");
  if (help) help.open = !help.open;
}

function isForUs(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return false;
  return event.target.closest(REVIEW) !== null;
}

document.addEventListener("keydown", (event) => {
  if (!isForUs(event)) return;
  if (event.target.matches(FIELDS)) {
    if (event.key === "Escape") shown.focus({ preventScroll: true });
    return;
  }
  if (event.key === "?") {
    showKeys();
    event.preventDefault();
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const control = !event.shiftKey && KEYS[key] && document.getElementById(KEYS[key]);
  if (!control) return;
  event.preventDefault();
  if (!isUnderWay) control.click();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.closest(REVIEW)) isUnderWay = true;
});
// What succeeded is over when the next match stands there: a key in between would mean the old one.
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) isUnderWay = false;
});

// A match that has just come is read aloud, takes the focus and is seen from its top.
document.addEventListener("htmx:afterSettle", () => {
  isUnderWay = false;
  const match = document.getElementById("match");
  if (!match || match === shown) return;
  shown = match;
  match.focus({ preventScroll: true });
  if (match.getBoundingClientRect().top < 0 || window.innerWidth < NARROW) match.scrollIntoView({ block: "start" });
  const announcer = document.getElementById("announcer");
  if (announcer && match.dataset.announce) announcer.textContent = match.dataset.announce;
});

// The page is for this one thing, so its keys are ready at once.
if (document.activeElement === document.body) shown?.focus({ preventScroll: true });
