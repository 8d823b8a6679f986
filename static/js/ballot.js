// The ballot saves each answer as it is given. Without this module the same form saves by its
// button. What could not be saved stays in this page's memory, never in the browser's storage,
// and "Saved" is said only when the server has committed.

const ARROW_PAUSE = 400;
const PATIENCE = 15_000;
const LONGEST_WAIT = 60_000;
const KEYS = { n: "N", a: "A", p: "P", e: "E", 1: "N", 2: "A", 3: "P", 4: "E", j: "?", f: "-" };
const ARROWS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);
const SIGNED_OUT = "Your sign-in has ended. Sign in again in another tab, then try now: your answers are still here.";

const form = document.getElementById("ballot");
const banner = document.getElementById("ballot-unsaved");
const bannerText = document.getElementById("ballot-unsaved-text");
const progress = document.getElementById("ballot-progress");
const announcer = document.getElementById("announcer");

// One entry for each answer or comment that is not yet known to be saved.
const unsaved = new Map();
let failures = 0;
let retryTimer = 0;
let arrowAt = -Infinity;
let trouble = "";

function show(node, text, isUnsaved = false) {
  if (!node) return;
  node.textContent = text;
  node.classList.toggle("p-ballot__status--unsaved", isUnsaved);
}

function showBanner() {
  const late = [...unsaved.values()].filter((one) => one.hasFailed).length;
  banner.hidden = late === 0;
  if (late) bannerText.textContent = `${late} ${late === 1 ? "answer" : "answers"} not yet saved. ${trouble}`;
}

function post(url, fields) {
  return fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrf_token.value, Accept: "application/json" },
    body: new URLSearchParams(fields),
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
}

// A cell counts its own changes. The server keeps the highest count, so a slow first request
// cannot overwrite the second answer. It is a count and not a clock: answers carry no time.
function cellTask(line) {
  return {
    status: line.querySelector("[data-status]"),
    send(again = false) {
      const seq = Number(line.dataset.seq) + 1;
      line.dataset.seq = String(again ? Math.max(seq, again) : seq);
      this.sent = line.dataset.seq;
      const value = line.querySelector("input:checked").value;
      return post(form.dataset.saveUrl, { item: line.dataset.item, value, seq: this.sent });
    },
    // Answers that came back in another order than they were asked say nothing of the newest.
    isNewest: (sent) => line.dataset.seq === sent,
    isKept: (answer) => answer.is_kept || answer.value === line.querySelector("input:checked").value,
  };
}

function commentTask(box) {
  return {
    status: box.parentElement.querySelector("[data-status]"),
    send() {
      this.sent = box.value;
      return post(form.dataset.commentUrl, { item: box.dataset.comment, text: box.value });
    },
    isNewest: (sent) => box.value === sent,
    isKept: () => true,
  };
}

const tasks = new Map();

function taskOf(node) {
  if (!tasks.has(node)) tasks.set(node, node.matches("textarea") ? commentTask(node) : cellTask(node));
  return tasks.get(node);
}

function later(node, delay) {
  const task = taskOf(node);
  unsaved.set(node, task);
  clearTimeout(task.timer);
  show(task.status, "Saving");
  task.timer = setTimeout(() => save(node), delay);
}

async function save(node, again = false) {
  const task = taskOf(node);
  let response;
  let sent;
  try {
    const asked = task.send(again);
    sent = task.sent;
    response = await asked;
    if (response.status >= 500 || response.status === 429) throw new Error(response.statusText);
  } catch {
    if (sent === undefined || task.isNewest(sent)) fail(task, "The server could not be reached; trying again.", true);
    return;
  }
  await heed(node, task, sent, response);
}

async function heed(node, task, sent, response) {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  if (!isJson) {
    fail(task, SIGNED_OUT, false);
    return;
  }
  const answer = await response.json();
  if (!task.isNewest(sent)) return;
  if (!response.ok) {
    fail(task, answer.problem, false);
  } else if (task.isKept(answer)) {
    succeed(node, task, answer);
  } else {
    // Another tab holds a higher count. This tab's choice is the later one, so it goes on top.
    await save(node, answer.seq + 1);
  }
}

function succeed(node, task, answer) {
  unsaved.delete(node);
  task.hasFailed = false;
  failures = 0;
  show(task.status, `Saved ${answer.at}`);
  if (answer.progress) {
    progress.textContent = answer.progress;
    announcer.textContent = `Saved. ${answer.progress}`;
  }
  showBanner();
}

function fail(task, text, triesAgain) {
  task.hasFailed = true;
  trouble = text;
  show(task.status, "Not yet saved", true);
  showBanner();
  if (!triesAgain) return;
  failures += 1;
  clearTimeout(retryTimer);
  retryTimer = setTimeout(retry, Math.min(1000 * 2 ** failures, LONGEST_WAIT));
}

// Signing in anew makes the old page's token worthless; the same page fetched again has a fresh one.
async function renewToken() {
  const response = await fetch(location.href, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("#ballot input[name=csrf_token]");
  if (fresh) form.elements.csrf_token.value = fresh.value;
}

async function retry() {
  clearTimeout(retryTimer);
  if (trouble === SIGNED_OUT) await renewToken().catch(() => undefined);
  for (const [node, task] of unsaved) if (task.hasFailed) save(node);
}

function choose(line, value) {
  const radio = [...line.querySelectorAll("input[type=radio]")].find((one) => one.value === value);
  radio.focus();
  if (radio.checked && line.dataset.seq !== "0") return;
  radio.checked = true;
  later(line, 0);
}

form.addEventListener("change", (event) => {
  if (event.target.matches("textarea[data-comment]")) later(event.target, 0);
  const line = event.target.closest("[data-item]");
  if (!line || event.target.type !== "radio") return;
  const isByArrow = event.timeStamp - arrowAt < ARROW_PAUSE;
  later(line, isByArrow ? ARROW_PAUSE : 0);
});

form.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-comment]")) show(taskOf(event.target).status, "Not yet saved");
});

form.addEventListener("keydown", (event) => {
  if (ARROWS.has(event.key)) arrowAt = event.timeStamp;
  const line = event.target.closest("[data-item]");
  if (!line || event.ctrlKey || event.altKey || event.metaKey) return;
  const keep = line.querySelector("[data-keep]");
  const value = event.key.toLowerCase() === "k" ? keep?.dataset.keep : KEYS[event.key.toLowerCase()];
  if (event.key === "?") {
    const help = document.getElementById("ballot-keys");
    help.open = !help.open;
  } else if (value) {
    choose(line, value);
  } else {
    return;
  }
  event.preventDefault();
});

form.addEventListener("click", (event) => {
  const keep = event.target.closest("[data-keep]");
  if (!keep) return;
  event.preventDefault();
  choose(keep.closest("[data-item]"), keep.dataset.keep);
});

document.getElementById("ballot-retry").addEventListener("click", retry);
window.addEventListener("online", retry);

// The form carries every answer itself, so whatever was waiting goes with it.
form.addEventListener("submit", (event) => {
  if (!navigator.onLine) {
    event.preventDefault();
    bannerText.textContent = "You are offline, so the page was not sent. Your answers are still here.";
    banner.hidden = false;
    return;
  }
  for (const task of tasks.values()) clearTimeout(task.timer);
  unsaved.clear();
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});
