// Writing a section of prose. Without this module the buttons beside the text do the same.
// What is typed is kept on the server after a short rest, and the answer is its preview. One request
// at a time, so that an older wording can never arrive after a newer one. Nothing is stored here.

const REST = 700; // ms without a key before the words are kept
const LATER = 6_000; // ms before a failed try is repeated

const form = document.querySelector("[data-prose]");
const text = form.elements.markdown;
const kept = document.getElementById("kept");
const length = document.getElementById("length");

let known = text.value; // the words that the server has
let timer = 0;
let flight = null;
let isLeaving = false;

function say(words, isTrouble = false) {
  kept.textContent = words;
  kept.classList.toggle("p-editor__trouble", isTrouble);
}

function show(html) {
  const made = new DOMParser().parseFromString(html, "text/html").getElementById("preview");
  if (!made) return;
  document.getElementById("preview").replaceWith(made);
  length.textContent = made.dataset.length;
  length.classList.toggle("p-editor__long", "long" in made.dataset);
  say(made.dataset.conflict || made.dataset.kept, Boolean(made.dataset.conflict));
}

function failed(status) {
  if (status === 403) say("Not kept: your session has ended. Copy your text, then sign in again.", true);
  else if (status === 409) say("Not kept: the cycle takes no changes now.", true);
  else {
    say("Not kept: the server could not be reached. Trying again.", true);
    wait(LATER);
  }
}

async function keep() {
  if (isLeaving || flight || text.value === known) return;
  const words = text.value;
  flight = new AbortController();
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form), signal: flight.signal });
    if (answer.ok && !answer.redirected) {
      known = words;
      show(await answer.text());
    } else failed(answer.redirected ? 403 : answer.status);
  } catch (error) {
    if (error.name !== "AbortError") failed(0);
  } finally {
    flight = null;
  }
  if (known === words && text.value !== known) wait(REST);
}

function wait(rest) {
  clearTimeout(timer);
  timer = setTimeout(keep, rest);
}

// What was said last stays while somebody types: emptied and said anew it would be read out each time.
text.addEventListener("input", () => wait(REST));

form.addEventListener("submit", () => {
  isLeaving = true;
  clearTimeout(timer);
  flight?.abort();
});

// A tab that is hidden may never come back; the request outlives it.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden" || isLeaving || text.value === known) return;
  clearTimeout(timer);
  flight?.abort();
  known = text.value;
  fetch(form.dataset.keep, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {
    known = null;
  });
});

// The browser brings a page back as it was left, a form that was sent with it.
window.addEventListener("pageshow", () => {
  isLeaving = false;
});

function insert(name) {
  const start = text.selectionStart;
  text.focus();
  text.setRangeText(`{{ ${name} }}`, start, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const button of document.querySelectorAll("[data-insert]")) {
  button.hidden = false;
  button.addEventListener("click", () => insert(button.dataset.insert));
}

const filter = document.getElementById("names-filter");
filter.parentElement.hidden = false;
filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const row of document.querySelectorAll(".p-names tbody tr")) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
  }
});
