// The ballot saves each answer as it is given. Without this module the same form saves by its
// button. What could not be saved stays in this page's memory, never in the browser's storage,
// and "Saved" is said only when the server has committed.

const ARROW_PAUSE = 400;
const PATIENCE = 15_000;
const LONGEST_WAIT = 60_000;
const LOCKED = 423;
const HIGHEST = 62; // of 100, as the server draws the bars
const OUTLYING = "You are more than a step from the middle of the group. You may say why, below.";
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
let mostAnswered = 0;
let underWay = 0;
let hasCrossed = false;
let lastLine;
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
      return post(form.dataset.commentUrl, { item: box.dataset.comment, of: box.dataset.of, text: box.value });
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
  underWay += 1;
  hasCrossed ||= underWay > 1;
  try {
    await attempt(node, again);
  } finally {
    underWay -= 1;
  }
  if (hasCrossed && underWay === 0 && unsaved.size === 0) await countAnew();
}

// Saves that crossed did not count each other, so the last line is sent once more by itself.
async function countAnew() {
  hasCrossed = false;
  if (!lastLine) return;
  const response = await taskOf(lastLine).send().catch(() => undefined);
  if (response?.ok) showProgress(await response.json());
}

async function attempt(node, again) {
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
    // A paused round goes on again, so what waits for it is sent again; a closed one never does.
    const isPaused = response.status === LOCKED;
    fail(task, isPaused ? `${answer.problem} It is kept here and saved when the round goes on.` : answer.problem, isPaused);
  } else if (task.isKept(answer)) {
    succeed(node, task, answer);
  } else {
    // Another tab holds a higher count. This tab's choice is the later one, so it goes on top.
    await attempt(node, answer.seq + 1);
  }
}

function succeed(node, task, answer) {
  unsaved.delete(node);
  task.hasFailed = false;
  failures = 0;
  show(task.status, `Saved ${answer.at}`);
  if (answer.progress) lastLine = node;
  showProgress(answer);
  announcer.textContent = `Saved. ${progress.textContent}.${isOutlying(node) ? ` ${OUTLYING}` : ""}`;
  if (answer.group) showGroup(node, answer.group);
  showBanner();
}

// Answers are never taken back, so of counts that arrive out of order the highest is the newest.
function showProgress(answer) {
  if (!(answer.answered >= mostAnswered)) return;
  mostAnswered = answer.answered;
  progress.textContent = answer.progress;
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

// The group so far, in a round in real time: the bars stand in the page and are only resized.
function showGroup(line, group) {
  const live = line.querySelector("[data-live]");
  if (!live) return;
  const most = Math.max(1, ...(group.counts ?? []));
  const mine = line.querySelector("input:checked")?.value;
  const said = [];
  for (const bar of live.querySelectorAll("[data-code]")) {
    const count = group.counts?.[Number(bar.dataset.code)] ?? 0;
    const height = Math.round((HIGHEST * count) / most);
    const [rect, text] = bar.querySelectorAll("rect, text");
    rect.setAttribute("height", `${height}%`);
    for (const shape of [rect, text]) shape.setAttribute("y", `${100 - height}%`);
    text.textContent = String(count);
    bar.classList.toggle("p-spread__bar--mine", bar.dataset.letter === mine);
    said.push(`${count} ${bar.dataset.words}`);
  }
  live.querySelector("[role=img]").setAttribute("aria-label", said.join(", "));
  live.querySelector("[data-live-bars]").hidden = !group.counts;
  live.querySelector("[data-live-words]").textContent = group.words;
  live.hidden = false;
}

function isOutlying(line) {
  const radio = line.querySelector("input:checked");
  const near = line.dataset?.near;
  return Boolean(near && radio && radio.dataset.aside === undefined && !near.includes(radio.value));
}

// Asks for what an answer calls for: a reason away from the middle, a new wording to reword.
function prompt(line) {
  const reason = line.querySelector("[data-reason]");
  if (reason && !reason.querySelector("textarea").value) reason.open = isOutlying(line);
  if (form.dataset.promptOn && line.querySelector("input:checked")?.value === form.dataset.promptOn) {
    line.closest(".p-question").querySelector("[data-prompt]").open = true;
  }
}

function choose(line, radio) {
  radio.focus();
  if (radio.checked && line.dataset.seq !== "0") return;
  radio.checked = true;
  prompt(line);
  later(line, 0);
}

const radioOf = (line, fits) => [...line.querySelectorAll("input[type=radio]")].find(fits);
const keptRadio = (line, keep) => radioOf(line, (one) => one.value === keep.dataset.keep);

form.addEventListener("change", (event) => {
  if (event.target.matches("textarea[data-comment]")) later(event.target, 0);
  const line = event.target.closest("[data-item]");
  if (!line || event.target.type !== "radio") return;
  prompt(line);
  const isByArrow = event.timeStamp - arrowAt < ARROW_PAUSE;
  later(line, isByArrow ? ARROW_PAUSE : 0);
});

form.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-comment]")) show(taskOf(event.target).status, "Not yet saved");
});

form.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea")) return;
  if (ARROWS.has(event.key)) arrowAt = event.timeStamp;
  const line = event.target.closest("[data-item]");
  if (!line || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const keep = key === form.dataset.keepKey ? line.querySelector("[data-keep]") : null;
  const radio = keep ? keptRadio(line, keep) : radioOf(line, (one) => one.dataset.keys.split(" ").includes(key));
  if (key === "?") {
    const help = document.getElementById("ballot-keys");
    help.open = !help.open;
  } else if (radio) {
    choose(line, radio);
  } else {
    return;
  }
  event.preventDefault();
});

form.addEventListener("click", (event) => {
  const keep = event.target.closest("[data-keep]");
  if (!keep) return;
  event.preventDefault();
  const line = keep.closest("[data-item]");
  choose(line, keptRadio(line, keep));
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

// On a slow line people answer before this module has come: what differs from the page as it was
// sent is saved now.
for (const line of form.querySelectorAll("[data-item]")) {
  const checked = line.querySelector("input:checked");
  if (checked && !checked.defaultChecked) later(line, 0);
}
for (const box of form.querySelectorAll("textarea[data-comment]")) {
  if (box.value !== box.defaultValue) later(box, 0);
}
