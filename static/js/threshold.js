// The threshold's slider says, while it moves, how many capabilities would be unsupported: the page
// brings what every value says along. The page itself follows when the slider is let go, by htmx.
// Without this module the button does the same.

document.addEventListener("input", (event) => {
  if (event.target.id !== "threshold") return;
  const { form, value } = event.target;
  const { least, unsupported, total } = form.dataset;
  const count = Number(unsupported.split(" ")[value - least]).toLocaleString("en-GB");
  const words = `${count} of ${Number(total).toLocaleString("en-GB")} capabilities are unsupported`;
  form.querySelector("[data-percent]").textContent = `${value} %`;
  form.querySelector("[data-words]").textContent = words;
  event.target.setAttribute("aria-valuetext", `${value} %, ${words}`);
});
