// Wakes the page: framework components, pulses, and what htmx leaves to us
// (the CSRF header, focus after a refusal, a word when the server cannot be reached).
import { initAll } from "../build/govuk-frontend.min.js";
import { startPulses } from "./pulse.js";

// The framework looks below its scope only, so a fragment that is a component itself needs its
// parent as scope; the neighbours woken before then answer InitError, which is no error here.
function wake(root) {
  const isComponent = root !== document && root.matches("[data-module]");
  initAll({
    scope: isComponent ? root.parentElement : root,
    onError: (error) => {
      if (error.name !== "InitError") console.error(error);
    },
  });
  startPulses(root);
}

function showTrouble(text) {
  const banner = document.getElementById("trouble");
  if (!banner) return;
  document.getElementById("trouble-text").textContent = text;
  banner.hidden = text === "";
}

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});

// htmx announces the whole body first, and that was woken below. Later ones are new content.
let isFirstLoad = true;
document.addEventListener("htmx:load", (event) => {
  if (!isFirstLoad) wake(event.detail.elt);
  isFirstLoad = false;
});

// A fragment that a pulse put in place: its components and the pulses nested in it.
document.addEventListener("pulse:swapped", (event) => wake(event.target));

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.xhr?.status !== 422) return;
  const summary = document.querySelector(".govuk-error-summary");
  summary?.setAttribute("tabindex", "-1");
  summary?.focus();
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) showTrouble("");
});
document.addEventListener("htmx:sendError", () => {
  showTrouble("The server could not be reached, so that was not saved. Check the connection and try again.");
});
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  const text = {
    403: "You may not do that, or your session has ended. Reload the page to sign in again.",
    409: "Somebody changed this in the meantime. Reload the page to see how it stands now.",
    429: "That was too many requests at once. Wait a minute and try again.",
  }[status];
  showTrouble(text ?? "Something went wrong, so that was not saved. Try again.");
});

wake(document);
