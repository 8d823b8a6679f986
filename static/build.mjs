// Compiles static/css and gathers third-party files into static/build/.
// What comes from npm is copied from node_modules here and never committed.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const build = join(here, "build");

const copies = [
  ["htmx.org/dist/htmx.min.js", "htmx.min.js"],
  ["govuk-frontend/dist/govuk/govuk-frontend.min.js", "govuk-frontend.min.js"],
  ["source-sans/LICENSE.md", "fonts/LICENSE.md"],
  // woff2 is what browsers fetch; ttf is what the PDF and chart renderers register.
  ...["Regular", "It", "Semibold"].flatMap((cut) => [
    [`source-sans/WOFF2/TTF/SourceSans3-${cut}.ttf.woff2`, `fonts/SourceSans3-${cut}.woff2`],
    [`source-sans/TTF/SourceSans3-${cut}.ttf`, `fonts/SourceSans3-${cut}.ttf`],
  ]),
];

// The charts' drawer stays: python -m reports.charts.vega.bundle writes it, and nothing here needs Python.
const made = existsSync(build) ? readdirSync(build) : [];
for (const name of made.filter((each) => each !== "vega.js")) rmSync(join(build, name), { recursive: true });
mkdirSync(join(build, "fonts"), { recursive: true });
for (const [from, to] of copies) cpSync(join(modules, from), join(build, to));

// Every sheet without a leading underscore is an entry: pythia.scss, and print.scss once it exists.
const sheets = readdirSync(join(here, "css")).filter((name) => /^[^_].*\.scss$/.test(name));
for (const sheet of sheets) {
  const { css } = sass.compile(join(here, "css", sheet), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
  });
  writeFileSync(join(build, sheet.replace(/\.scss$/, ".css")), css);
}

// Drawings repeat the identity's colours as attributes; one that strayed stops the build.
const identity = readFileSync(join(here, "css", "_identity.scss"), "utf8");
const palette = readFileSync(join(here, "..", "templates", "macros", "palette.html"), "utf8");
const strays = palette.match(/#[0-9a-f]{6}\b/g).filter((colour) => !identity.includes(colour));
if (strays.length) throw new Error(`not in the identity: ${strays.join(", ")}`);
