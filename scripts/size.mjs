// What the first load transfers, brotli at its best, against the budget: node scripts/size.mjs DIR
// Counted: index.html and everything it refers to, which is all that a browser fetches until the lab
// stands (tests/e2e/page.test.mjs watches that). What is loaded later is listed below.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const BUDGET = 550 * 1024;
const dist = process.argv[2] ?? "dist";
const html = readFileSync(join(dist, "index.html"), "utf8");
const first = new Set(["index.html"]);
for (const [, name] of html.matchAll(/(?:href|src)="?\.?\/?([\w.-]+\.(?:js|css|wasm|svg|json|webmanifest))/g)) first.add(name);
const pack = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
const kb = (n) => (n / 1024).toFixed(1).padStart(8);
function list(title, names) {
  let total = 0;
  console.log(`${title.padEnd(15)}plain KB  brotli KB`);
  for (const name of [...names].sort()) {
    const bytes = readFileSync(join(dist, name));
    const packed = pack(bytes);
    total += packed;
    console.log(`       ${kb(bytes.length)}   ${kb(packed)}  ${name.replace(/-[0-9a-f]{16}/, "")}`);
  }
  return total;
}
const total = list("first load", first);
console.log(`${kb(total)} KB of ${BUDGET / 1024} KB`);
list("later", readdirSync(dist).filter((name) => name.endsWith(".wasm") && !first.has(name)));
if (total > BUDGET) {
  console.error(`the first load is ${kb(total - BUDGET).trim()} KB over its budget`);
  process.exit(1);
}
