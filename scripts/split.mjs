// After trunk's build: cuts the program into what the first load needs and what is loaded later (see
// src/ui/parts/later.rs), and puts the pieces in the place of trunk's whole.
//
//   cargo's wasm (with relocations) ─wasm-split-cli─▶ pieces ─wasm-bindgen, wasm-opt─▶ files of dist
//
// loader.mjs says which pieces stand together in a file, and how they are loaded.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loaderOf } from "./loader.mjs";
import { optimised } from "./optimise.mjs";
import { attribute, setAttribute, setText, text } from "./html.mjs";

// Of the program: see scripts/tools.sh.
const FEATURES = process.env.WASM_FEATURES.split(" ");
const digest = (algorithm, bytes, encoding) => createHash(algorithm).update(bytes).digest(encoding);
const nameOf = (link) => attribute(link, "href").replace(/^\.\//, "");
export const integrityOf = (bytes) => `sha256-${digest("sha256", bytes, "base64")}`;

// wasm-bindgen imports the loader anew for each part, and gives each to the program under the same name.
const LOADER_IMPORTED = /^import \* as \w+ from "\.\/__wasm_split\.js";?\n/gm;
const LOADER_GIVEN = /^ *"\.\/__wasm_split\.js": \w+,\n/gm;

// A text with the first of these lines alone.
function once(text, line) {
  let count = 0;
  const kept = text.replace(line, (found) => (count++ === 0 ? found : ""));
  if (count === 0) throw new Error(`wasm-bindgen writes no line like ${line} any more`);
  return kept;
}

// Splits the program that trunk put into `dist`, and gives the page its new names.
export async function split(page, dist, program, optimise) {
  const preload = page.one("link", { rel: "preload", type: "application/wasm" });
  const wasmName = nameOf(preload);
  const old = { js: wasmName.replace("_bg.wasm", ".js"), wasm: wasmName };
  const oldSize = readFileSync(join(dist, old.wasm)).length;

  const work = mkdtempSync(join(tmpdir(), "split-"));
  const run = (command, ...args) => execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  run("wasm-split-cli", program, join(work, "pieces"), "--out-name", "page", "--target", "web");
  run("wasm-bindgen", "--target", "web", "--keep-lld-exports", "--no-typescript", "--out-dir", work, join(work, "pieces", "page.wasm"));
  // A library that Leptos brings exports classes for streams, which nothing here uses.
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(join(work, "page_bg.wasm"))));
  const used = exported.map(({ name }) => name).filter((name) => !name.includes("intounderlying"));
  writeFileSync(join(work, "used.json"), JSON.stringify(used.map((name) => ({ name, root: true, export: name }))));
  run("wasm-metadce", ...FEATURES, join(work, "page_bg.wasm"), "--graph-file", join(work, "used.json"), "-o", join(work, "page_bg.wasm"));

  const pieces = readdirSync(join(work, "pieces")).filter((name) => name.endsWith(".wasm") && name !== "page.wasm");
  const pathOf = (piece) => join(work, "pieces", piece);
  const whole = join(work, "page_bg.wasm");
  const files = [whole, ...pieces.map(pathOf)];
  const small = optimise ? await optimised(files) : new Map(files.map((file) => [file, readFileSync(file)]));

  const minified = (text) => (optimise ? execFileSync("esbuild", ["--minify", "--format=esm", "--log-level=error"], { input: text, encoding: "utf8" }) : text);

  const generated = readFileSync(join(work, "pieces", "__wasm_split.js"), "utf8");
  const bytesOf = (piece) => small.get(pathOf(piece));
  const bindings = once(once(readFileSync(join(work, "page.js"), "utf8"), LOADER_IMPORTED), LOADER_GIVEN);

  // The pieces belong to one build and name each other, so they go by one name: that of all that is in them, which
  // may change where the program does not, by how it is cut.
  const content = createHash("sha256").update(small.get(whole)).update(minified(bindings));
  const add = (name, bytes) => {
    content.update(name).update(bytes);
    return [name, ""];
  };
  content.update(minified(loaderOf(generated, bytesOf, add)));
  const build = content.digest("hex").slice(0, 16);
  const keep = (name, bytes) => {
    writeFileSync(join(dist, name), bytes);
    return { name, integrity: integrityOf(bytes) };
  };
  const wasm = keep(`lab-${build}.wasm`, small.get(whole));
  const chunks = `chunks-${build}.js`;
  const script = `lab-${build}.js`;
  // A file that was changed, or belongs to another build, is refused like one that is missing.
  const addressOf = ({ name, integrity }) => [`./${name}`, integrity];
  const kept = (name, bytes) => addressOf(keep(`${name}-${build}.wasm`, bytes));
  const loader = loaderOf(generated.replace("./page.js", `./${script}`), bytesOf, kept);
  const bound = bindings.replaceAll('from "./__wasm_split.js"', `from "./${chunks}"`).replaceAll("page_bg.wasm", wasm.name);
  const js = keep(script, minified(bound));
  const loaderJs = keep(chunks, minified(loader));
  rmSync(work, { recursive: true });

  for (const link of page.all("link", { href: true })) {
    const now = { [old.js]: js, [old.wasm]: wasm }[nameOf(link)];
    if (!now) continue;
    setAttribute(link, "href", `./${now.name}`);
    if (attribute(link, "integrity")) setAttribute(link, "integrity", now.integrity);
  }
  page.insert("link", { rel: "modulepreload", crossorigin: "", href: `./${loaderJs.name}`, integrity: loaderJs.integrity });
  // What starts the program names it, with its size for the progress.
  const start = page.all("script", { type: "module" }).find((element) => text(element).includes(old.js));
  if (!start) throw new Error("no script of the page starts the program");
  const size = readFileSync(join(dist, wasm.name)).length;
  const checked = `fetch(source, { integrity: "${wasm.integrity}" })`;
  const starts = text(start).replaceAll(old.wasm, wasm.name).replaceAll(old.js, js.name);
  setText(start, starts.replace("fetch(source)", checked).replace(`, ${oldSize},`, `, ${size},`));
  if (!text(start).includes(checked)) throw new Error("the page fetches the program without its integrity");
  if (`${page}`.includes(old.js) || `${page}`.includes(old.wasm)) throw new Error("the page still names trunk's program");
  for (const name of Object.values(old)) rmSync(join(dist, name));
}
