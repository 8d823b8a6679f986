// The current state's sheet: lets a refused row show both answers, and counts along.
const progress = document.getElementById("present-progress");
const announcer = document.getElementById("announcer");
const before = progress ? Number(progress.textContent.split(" of ")[0].replace(/,/g, "")) - captured() : 0;

function captured() {
  const chosen = document.querySelectorAll('[data-present] input[type="radio"]:checked');
  return [...chosen].filter((radio) => radio.value !== "").length;
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 409 || !event.detail.target.matches("[data-present]")) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.detail.elt?.matches?.("[data-present]") || !progress) return;
  const total = progress.textContent.split(" of ")[1];
  progress.textContent = `${(before + captured()).toLocaleString("en-GB")} of ${total}`;
  const isSaved = event.detail.elt.querySelector("[data-saved]") !== null;
  if (announcer) announcer.textContent = isSaved ? `Saved. ${progress.textContent}.` : "Not saved.";
});
