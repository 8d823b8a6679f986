// The banner that calls everyone. Dismissing it hides this one call in this tab; the next call
// shows again. Without this module the banner simply stays until the facilitator takes it down.

const KEPT = "call-dismissed";

function isDismissed(version) {
  try {
    return sessionStorage.getItem(KEPT) === version;
  } catch {
    return false;
  }
}

function dress(root) {
  const banner = root.querySelector("[data-call]");
  if (!banner) return;
  banner.hidden = isDismissed(banner.dataset.call);
  banner.querySelector(".p-call__dismiss").hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".p-call__dismiss");
  if (!button) return;
  const banner = button.closest("[data-call]");
  try {
    sessionStorage.setItem(KEPT, banner.dataset.call);
  } catch {
    // A browser that keeps nothing hides it on this page only.
  }
  banner.hidden = true;
});

document.addEventListener("pulse:swapped", (event) => {
  if (event.target.id === "call") dress(event.target.parentElement);
});

dress(document);
