// What the page transfers, brotli at its best, against its budgets: node scripts/size.mjs DIR
// The first load is index.html and everything it refers to, which is all that a browser fetches until the
// lab stands (tests/e2e/page.test.mjs watches that). What a later part takes, the loader itself tells.

import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { unhashed } from "./files.mjs";
import { Page, attribute } from "./html.mjs";

// See "Size" in ARCHITECTURE.md for what keeps the page below it.
const BUDGET = 550 * 1024;
const MOST_REQUESTS = 6;
// Of what a part takes when it is the first that is opened, by the part's name.
const BUDGETS = { learn: 110 * 1024 };
const dist = process.argv[2] ?? "dist";
const page = new Page(readFileSync(join(dist, "index.html"), "utf8"));
const pack = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
const kb = (n) => (n / 1024).toFixed(1).padStart(8);
const sizes = new Map();
function packed(name) {
  if (!sizes.has(name)) sizes.set(name, pack(readFileSync(join(dist, name))));
  return sizes.get(name);
}
const sum = (names) => [...names].reduce((total, name) => total + packed(name), 0);
const list = (names) => {
  for (const name of [...names].sort()) {
    console.log(`       ${kb(readFileSync(join(dist, name)).length)}   ${kb(packed(name))}  ${unhashed(name)}`);
  }
};

// What each part has the loader fetch, by the part's name. The first one opened brings the style sheet.
async function parts() {
  const named = (pattern) => readdirSync(dist).find((name) => pattern.test(name));
  const loader = named(/^chunks-.*\.js$/);
  const style = attribute(page.one("meta", { name: "later-style" }), "content").split(" ")[0].replace(/^\.\//, "");
  const copy = mkdtempSync(join(tmpdir(), "loader-"));
  writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
  copyFileSync(join(dist, loader), join(copy, loader));
  // It asks the program for what its parts share; nothing here ever arrives that would take it.
  writeFileSync(join(copy, named(/^lab-.*\.js$/)), "export const initSync = () => ({});");
  const address = pathToFileURL(join(copy, loader)).href;
  const found = {};
  for (const entry of Object.keys(await import(address))) {
    const fetched = [style];
    globalThis.fetch = (url) => (fetched.push(url.pathname.split("/").pop()), new Promise(() => {}));
    // Loaded by itself for each, as it does not fetch anything twice.
    (await import(`${address}?${entry}`))[entry]();
    found[entry.replace("__wasm_split_load_", "")] = fetched;
  }
  rmSync(copy, { recursive: true });
  return found;
}

const first = new Set(["index.html", ...page.files()]);
const total = sum(first);
console.log("first load     plain KB  brotli KB");
list(first);
console.log(`${kb(total)} KB of ${BUDGET / 1024} KB`);

console.log("later          plain KB  brotli KB");
const later = await parts();
list(new Set(Object.values(later).flat()));
console.log("a part       requests  brotli KB, when it is the first that is opened");
for (const [name, files] of Object.entries(later)) {
  console.log(`  ${name.padEnd(14)} ${String(files.length).padStart(2)}     ${kb(sum(files))}`);
}

for (const name of Object.keys(BUDGETS)) if (!later[name]) throw new Error(`no part is called ${name}`);
const over = total > BUDGET ? [`the first load is ${kb(total - BUDGET).trim()} KB over its budget`] : [];
for (const [name, files] of Object.entries(later)) {
  if (sum(files) > (BUDGETS[name] ?? Infinity)) over.push(`${name} is ${kb(sum(files) - BUDGETS[name]).trim()} KB over its budget`);
  if (files.length > MOST_REQUESTS) over.push(`${name} takes ${files.length} requests, and at most ${MOST_REQUESTS} are allowed`);
}
for (const problem of over) console.error(problem);
process.exitCode = over.length ? 1 : 0;
