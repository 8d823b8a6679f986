// The panel at work on a profile, by keyboard. Without this module the same buttons do the work.
// Keys act only while the focus is in a capability, never in a field or together with a modifier,
// and rest while that capability is being saved. What is typed elsewhere on the page survives every
// refresh, and the focus stays with the capability.

const PANEL = "[data-panel]";
const ROW = "[data-row]";
const FIELDS = "input, select, textarea, [contenteditable]";
const PRESSES = { a: "a", p: "p", e: "e", x: "x" };
const OPENS = { m: "m", c: "c" };
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

let kept = null;

function announce(text) {
  const announcer = document.getElementById("announcer");
  if (announcer && text) announcer.textContent = text;
}

function step(row, by) {
  const rows = [...document.querySelectorAll(ROW)];
  const to = rows[rows.indexOf(row) + by];
  to?.focus({ preventScroll: true });
  to?.scrollIntoView({ block: "nearest" });
}

function open(row, key) {
  const details = row.querySelector(`[data-opens="${key}"]`);
  if (!details) return;
  details.open = true;
  details.querySelector("select, textarea, input:not([type=hidden])")?.focus();
}

function leave(row) {
  row.querySelector("[data-leaves]")?.closest("form").remove();
  for (const details of row.querySelectorAll("[data-opens][open]")) details.open = false;
  row.focus({ preventScroll: true });
}

function act(row, key) {
  if (row.querySelector(".htmx-request")) return true;
  if (STEPS[key]) step(row, STEPS[key]);
  else if (OPENS[key]) open(row, key);
  else if (PRESSES[key]) document.getElementById(`${row.id}-${key}`)?.click();
  else if (key === "u") document.getElementById("undo-button")?.click();
  else return false;
  return true;
}

function showKeys() {
  const help = document.getElementById("panel-keys");
  if (help) help.open = !help.open;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  const row = event.target.closest?.(ROW);
  if (!row) return;
  if (event.key === "Escape") leave(row);
  else if (event.target.matches(FIELDS)) return;
  else if (event.key === "?") showKeys();
  else if (event.shiftKey || !act(row, event.key.length === 1 ? event.key.toLowerCase() : event.key)) return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const way = event.target.closest(`${PANEL} [data-leaves]`);
  if (!way) return;
  event.preventDefault();
  leave(way.closest(ROW));
});

// What nobody has sent yet: fields that differ from what the server wrote, and what stands open. The
// form that was sent is left out: refused it comes back with what was sent, taken it is empty.
function draftsIn(box, sent) {
  const isOurs = (one) => !sent?.contains(one) && !one.contains(sent ?? null);
  const isTyped = (one) => (one.matches("select") ? one.selectedIndex > 0 : one.value !== one.defaultValue);
  const fields = [...box.querySelectorAll("input[id]:not([type=hidden]), textarea[id], select[id]")];
  const typed = fields.filter((one) => isOurs(one) && isTyped(one)).map((one) => [one.id, one.value]);
  const opened = [...box.querySelectorAll("details[open][id]")].filter(isOurs).map((one) => one.id);
  return { typed, opened };
}

function bringBack(drafts) {
  for (const id of drafts.opened) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, value] of drafts.typed) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
}

// A refusal because somebody was first comes as part of the page, and is shown; a whole page is not.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const box = document.querySelector(PANEL);
  if (!box) return;
  if (xhr.status === 409 && !/^\s*<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  kept = draftsIn(box, requestConfig.elt.closest("form"));
});

function focusOn(at) {
  if (!at) return;
  if (at.tabIndex < 0 && !at.hasAttribute("tabindex")) at.setAttribute("tabindex", "-1");
  at.focus({ preventScroll: true });
  at.scrollIntoView({ block: "nearest" });
}

function settleRow(row) {
  const asked = row.querySelector(".p-member__reason input:not([type=hidden])");
  if (asked) asked.focus();
  else if (document.activeElement === document.body) row.focus({ preventScroll: true });
  announce(row.dataset.announce);
}

function settlePage(box) {
  const summary = box.querySelector(".govuk-error-summary");
  if (summary) focusOn(summary);
  else if (document.activeElement === document.body) focusOn(document.getElementById(box.dataset.focus));
  announce(box.dataset.announce);
}

document.addEventListener("htmx:afterSettle", (event) => {
  const settled = event.target;
  if (!settled.closest?.(PANEL)) return;
  if (kept) bringBack(kept);
  kept = null;
  if (settled.matches(ROW)) settleRow(settled);
  else if (settled.matches(PANEL)) settlePage(settled);
});

// A capability whose addition somebody undid is gone from the profile, and its row with it.
document.addEventListener("htmx:responseError", (event) => {
  const text = document.getElementById("trouble-text");
  if (event.detail.xhr.status !== 404 || !text || !event.detail.elt.closest(PANEL)) return;
  text.textContent = "That is not in the profile any more: somebody took it back. Reload the page to see the profile as it now stands.";
});
