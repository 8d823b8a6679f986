// The review of KSBs by keyboard. Without this module the same buttons and links do the work.
// Keys act on the KSB that has the focus, never in a field or together with a modifier. One decision
// at a time: while one is under way, keys rest.

const REVIEW = "#review";
const FIELDS = "input, select, textarea, [contenteditable]";
const NARROW = 641; // px: as in the sheet
const ANSWERS = ["a", "r", "u"];

let isUnderWay = false;
let shown = document.getElementById("review");
let title = titleOf(shown);

function titleOf(review) {
  return review?.querySelector("h1")?.textContent;
}

const rows = () => [...document.querySelectorAll("[data-ksb]")];

function current() {
  const held = document.activeElement?.closest?.("[data-ksb]");
  return held ?? document.getElementById(shown?.dataset.focus) ?? rows()[0];
}

function take(row) {
  if (!row) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function go(step) {
  const all = rows();
  const to = all[all.indexOf(current()) + step];
  if (to) take(to);
  else document.getElementById(step > 0 ? "ksb-next" : "ksb-previous")?.click();
}

function open(details) {
  if (!details) return;
  details.open = true;
  const field = details.querySelector("textarea");
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}

function act(key) {
  if (ANSWERS.includes(key)) current()?.querySelector(`button[data-key="${key}"]`)?.click();
  else if (key === "e") open(current()?.querySelector(".p-ksb__edit"));
  else if (key === "n") open(document.getElementById("new"));
  else if (key === "z") document.getElementById("ksb-undo")?.click();
  else if (key === "j" || key === "ArrowDown") go(1);
  else if (key === "k" || key === "ArrowUp") go(-1);
  else return false;
  return true;
}

function showKeys() {
  const help = document.getElementById("keys");
  if (help) help.open = !help.open;
}

// In a field: Control (or Command) and Enter sends its form, Escape goes back to the KSB.
function inField(event) {
  const details = event.target.closest("details");
  if (event.key === "Escape") {
    const row = event.target.closest("[data-ksb]") ?? current();
    if (details) details.open = false;
    take(row);
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isUnderWay) {
    event.target.form?.requestSubmit(event.target.form.querySelector('button[type="submit"], button:not([type])'));
    event.preventDefault();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.repeat || !event.target.closest(REVIEW)) return;
  if (event.target.matches(FIELDS)) {
    inField(event);
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const isQuestion = event.key === "?";
  if (isQuestion) showKeys();
  else if (event.shiftKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (isQuestion || isUnderWay || act(key)) event.preventDefault();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.closest(REVIEW)) isUnderWay = true;
});
// What succeeded is over when the answer stands there: a key in between would mean the old one.
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) isUnderWay = false;
});

// A review that has just come is read aloud, and the KSB that is asked now takes the focus; after a
// refusal the summary has it.
document.addEventListener("htmx:afterSettle", (event) => {
  isUnderWay = false;
  const review = document.getElementById("review");
  if (!review || review === shown) return;
  shown = review;
  const isAnother = titleOf(review) !== title;
  title = titleOf(review);
  if (event.detail.xhr?.status === 422) return;
  take(document.getElementById(review.dataset.focus) ?? rows()[0]);
  // Another capability is seen from its top, with what it is about.
  if (isAnother) review.scrollIntoView({ block: "start" });
  const announcer = document.getElementById("announcer");
  if (announcer && review.dataset.announce) announcer.textContent = review.dataset.announce;
});

// The page is for this one thing, so its keys are ready at once; an address that names a KSB wins.
// On a phone what the capability is about is read first: there nothing moves.
const named = document.getElementById(location.hash.slice(1));
if (named?.matches("[data-ksb]")) take(named);
else if (document.activeElement === document.body && shown?.dataset.focus) {
  const row = document.getElementById(shown.dataset.focus);
  if (window.innerWidth < NARROW) row?.focus({ preventScroll: true });
  else take(row);
}
