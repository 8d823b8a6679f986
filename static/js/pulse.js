// Regions that refresh themselves by asking, never by being pushed to.
//
//   <div id="_board" data-pulse-url="/…/board" data-pulse-every="2000" data-pulse-seen="41">
//
// The server is asked for `?seen=41`. 204: nothing new. 200: the fragment replaces the element
// and carries its own new `seen`. 286: shown once more, then no further questions.
// Only a visible tab asks; a region in which somebody is typing is left alone.

const LONGEST_WAIT = 60_000;
const PATIENCE = 20_000;
const pulsing = new WeakSet();

// A slow server is asked less often (250·√ms − 1000, at least a second), and the tabs of a
// full room are spread out so that they do not ask at the same moment.
function wait(every, tookMs) {
  const backOff = Math.max(250 * Math.sqrt(tookMs) - 1000, 1000);
  return Math.max(every, backOff) * (0.85 + Math.random() * 0.3);
}

function isBusy(element) {
  const focused = document.activeElement;
  return element.contains(focused) && focused.matches("input, select, textarea");
}

async function ask(element) {
  const url = new URL(element.dataset.pulseUrl, location.href);
  if (url.origin !== location.origin) throw new Error("pulse asks its own server only");
  url.searchParams.set("seen", element.dataset.pulseSeen ?? "");
  return fetch(url, {
    headers: { "HX-Request": "true", "X-Pulse": "true" },
    credentials: "same-origin",
    cache: "no-store",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
}

function replace(element, html, isOver) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  const fresh = template.content.firstElementChild;
  if (!fresh) return null;
  if (isOver) delete fresh.dataset.pulseUrl;
  const focusedId = element.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...element.querySelectorAll("details[open][id]")].map((one) => one.id);
  const { scrollLeft, scrollTop } = element;
  element.replaceWith(fresh);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focusedId) document.getElementById(focusedId)?.focus({ preventScroll: true });
  fresh.scrollTo(scrollLeft, scrollTop);
  window.htmx?.process(fresh);
  fresh.dispatchEvent(new CustomEvent("pulse:swapped", { bubbles: true }));
  return fresh;
}

function announce(element) {
  const announcer = document.getElementById("announcer");
  if (announcer && element.dataset.announce) announcer.textContent = element.dataset.announce;
}

function start(element) {
  if (pulsing.has(element)) return;
  pulsing.add(element);
  const every = Number(element.dataset.pulseEvery) || 5000;
  let failures = 0;
  let timer = 0;

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(beat, delay);
  };
  const stop = (reason) => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
    element.dispatchEvent(new CustomEvent(`pulse:${reason}`, { bubbles: true }));
  };
  const onVisible = () => {
    if (document.visibilityState === "visible") later(Math.random() * 500);
    else clearTimeout(timer);
  };

  async function beat() {
    if (!element.isConnected) return stop("gone");
    if (document.visibilityState !== "visible") return undefined;
    if (isBusy(element)) return later(every);
    const asked = performance.now();
    try {
      return await heed(await ask(element), performance.now() - asked);
    } catch {
      failures += 1;
      return later(Math.min(every * 2 ** failures, LONGEST_WAIT));
    }
  }

  async function heed(response, tookMs) {
    // Signed out, moved or gone: a poll never takes anybody away from the page they are on.
    const isRefused = response.headers.has("HX-Redirect") || response.type === "opaqueredirect";
    if (isRefused || [401, 403, 404, 410].includes(response.status)) return stop("refused");
    if (response.status === 204) {
      failures = 0;
      return later(wait(every, tookMs));
    }
    if (response.status !== 200 && response.status !== 286) throw new Error(response.statusText);
    const html = await response.text();
    // Somebody may have begun to type while the answer travelled.
    if (isBusy(element)) return later(every);
    if (!element.isConnected) return stop("gone");
    stop("answered");
    const fresh = replace(element, html, response.status === 286);
    if (!fresh) return undefined;
    announce(fresh);
    return startPulses(fresh);
  }

  document.addEventListener("visibilitychange", onVisible);
  later(wait(every, 0));
}

export function startPulses(root) {
  if (root !== document && root.matches("[data-pulse-url]")) start(root);
  for (const element of root.querySelectorAll("[data-pulse-url]")) start(element);
}
