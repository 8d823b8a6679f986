// The board and the projector: the timer counts down, filters send themselves, the arrow keys turn
// the projector's items, and what scrolls sideways stays where it was when it is refreshed.
// Without this module the timer says when the step ends, and links and buttons do the rest.

const WARNS_AT = 60;
const announced = new Set();
const places = new Map();

function said(seconds) {
  const whole = Math.max(Math.ceil(seconds), 0);
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${String(whole % 60).padStart(2, "0")}`;
}

// The server's clock counts, not this computer's: what lies between them is kept with the timer.
function secondsLeft(timer) {
  if (timer.dataset.skew === undefined) timer.dataset.skew = String(Date.parse(timer.dataset.now) - Date.now());
  return (Date.parse(timer.dataset.endsAt) - Date.now() - Number(timer.dataset.skew)) / 1000;
}

function announceOnce(timer, mark, text) {
  const key = `${timer.dataset.endsAt} ${mark}`;
  const announcer = document.getElementById("announcer");
  if (announced.has(key) || !announcer) return;
  announced.add(key);
  announcer.textContent = text;
}

function tick() {
  const timer = document.querySelector("[data-ends-at]");
  if (!timer) return;
  const left = secondsLeft(timer);
  const ends = document.getElementById("timer-ends");
  if (ends) ends.hidden = false;
  timer.textContent = left > 0 ? said(left) : "Time is up";
  timer.classList.toggle("p-timer--short", left <= WARNS_AT);
  if (left <= 0) announceOnce(timer, "up", "Time is up. Nothing closes by itself and nothing is lost.");
  else if (left <= WARNS_AT) announceOnce(timer, "short", "Less than one minute left.");
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-sends-itself]");
  if (form) form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
  const id = { ArrowLeft: "wall-previous", ArrowRight: "wall-next" }[event.key];
  const link = id && document.getElementById(id);
  if (!link) return;
  event.preventDefault();
  link.click();
});

document.addEventListener("pulse:answered", (event) => {
  for (const box of event.target.querySelectorAll("[data-keeps-place]")) places.set(box.id, [box.scrollLeft, box.scrollTop]);
});

document.addEventListener("pulse:swapped", (event) => {
  for (const box of event.target.querySelectorAll("[data-keeps-place]")) box.scrollTo(...(places.get(box.id) ?? [0, 0]));
  tick();
});

document.addEventListener("htmx:load", tick);

tick();
setInterval(tick, 500);
