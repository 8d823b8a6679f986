// Draws the charts of a page from their specifications, each when it comes near. The drawer is
// fetched with the first. Left and right read out one value after the other; the table beside a
// chart says the same. What cannot be drawn here stands as the server's picture.

const DRAWER = new URL("../build/vega.js", import.meta.url).href;
const LOOK = {
  actions: false,
  ast: true, // expressions are interpreted: the policy lets nothing be evaluated
  defaultStyle: false,
  renderer: "svg",
  tooltip: { disableDefaultStyle: true },
};
const NEAR = "1000px";
const VALUES = 'path[role="graphics-symbol"][aria-label]'; // axes and keys are groups

const watched = new WeakSet();
const drawn = new WeakMap();
const before = new Map();
let drawer;

function load() {
  const faces = ["13px", "600 13px"].map((face) => document.fonts.load(`${face} "Source Sans 3"`));
  drawer ??= Promise.all([import(DRAWER), ...faces]).then(() => window.vegaEmbed);
  return drawer;
}

async function specification(figure) {
  if (figure.dataset.spec) return JSON.parse(figure.dataset.spec);
  const answer = await fetch(figure.dataset.specHref);
  if (!answer.ok) throw new Error(`no specification: ${answer.status}`);
  return answer.json();
}

const picture = (figure) => figure.querySelector(".p-chart__picture");

async function draw(figure) {
  const stage = document.createElement("div");
  stage.className = "p-chart__stage";
  try {
    const [embed, spec] = await Promise.all([load(), specification(figure)]);
    picture(figure).append(stage);
    const result = await embed(stage, spec, LOOK);
    if (!figure.isConnected) return result.finalize();
    drawn.set(figure, result);
    picture(figure).replaceChildren(stage);
    stage.className = "p-chart__drawing";
    stage.ariaHidden = "true"; // one picture with a title; its values are read out below
    offer(figure);
  } catch (error) {
    console.warn(`The chart ${figure.id} stands as a picture: ${error.message}`);
    still(figure);
  }
}

function still(figure) {
  const image = document.createElement("img");
  image.className = "p-chart__still";
  image.alt = "";
  image.src = figure.dataset.pictureHref;
  picture(figure).replaceChildren(image);
}

const values = (figure) => [...picture(figure).querySelectorAll(VALUES)];

function offer(figure) {
  const frame = figure.querySelector(".p-chart__frame");
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Values of the chart, one by one with the left and right keys");
}

function read(figure, at) {
  const all = values(figure);
  const place = Math.min(Math.max(at, 0), all.length - 1);
  quieten(figure);
  if (!all.length) return;
  figure.dataset.at = place;
  all[place].classList.add("p-chart__mark--read");
  figure.querySelector(".p-chart__reading").textContent = all[place].getAttribute("aria-label");
}

function quieten(figure) {
  figure.querySelector(".p-chart__mark--read")?.classList.remove("p-chart__mark--read");
  figure.querySelector(".p-chart__reading").textContent = "";
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

document.addEventListener("keydown", (event) => {
  const frame = event.target.closest?.(".p-chart__frame");
  if (!frame || event.ctrlKey || event.metaKey || event.altKey) return;
  const figure = frame.closest("[data-chart]");
  if (event.key === "Escape") quieten(figure);
  if (!(event.key in STEPS) || !drawn.has(figure)) return;
  event.preventDefault();
  read(figure, Number(figure.dataset.at ?? -1) + STEPS[event.key]);
});

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.(".p-chart__frame")) quieten(event.target.closest("[data-chart]"));
});

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: NEAR },
);

function watch(part) {
  const figures = [...part.querySelectorAll("[data-chart]")];
  if (part.matches?.("[data-chart]")) figures.push(part);
  for (const figure of figures.filter((each) => !watched.has(each))) {
    watched.add(figure);
    // What stood here before a fragment was swapped in stays until the new picture is drawn.
    const old = before.get(figure.id);
    if (old) picture(figure).replaceChildren(old);
    before.delete(figure.id);
    watcher.observe(figure);
  }
}

document.addEventListener("htmx:beforeSwap", (event) => {
  for (const figure of event.detail.target.querySelectorAll("[data-chart]")) {
    if (!drawn.has(figure)) continue;
    drawn.get(figure).finalize();
    before.set(figure.id, picture(figure).firstElementChild);
  }
});
document.addEventListener("htmx:afterSwap", () => watch(document.body)); // before it settles
document.addEventListener("htmx:load", (event) => watch(event.detail.elt));

// A page is printed whole, also what nobody has scrolled to.
addEventListener("beforeprint", () => {
  for (const figure of document.querySelectorAll("[data-chart]")) {
    if (drawn.has(figure)) continue;
    watcher.unobserve(figure);
    still(figure);
  }
});

watch(document.body);
