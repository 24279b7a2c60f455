// After trunk's build: cuts the program into what the first load needs and what is loaded later (see
// src/ui/parts/later.rs), and puts the pieces in the place of trunk's whole.
//
//   cargo's wasm (with relocations) ─wasm-split-cli─▶ pieces ─wasm-bindgen, wasm-opt─▶ files of dist
//
// loader.mjs says which pieces stand together in a file, and how they are loaded.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashOf, keep, minified } from "./files.mjs";
import { attribute, setText, text } from "./html.mjs";
import { loaderOf } from "./loader.mjs";
import { optimised } from "./optimise.mjs";

// Of the program: see scripts/tools.sh.
const FEATURES = process.env.WASM_FEATURES.split(" ");

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
  const wasmName = attribute(preload, "href").replace(/^\.\//, "");
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

  const short = (module) => (optimise ? minified(module, "--format=esm") : module);

  const generated = readFileSync(join(work, "pieces", "__wasm_split.js"), "utf8");
  const bytesOf = (piece) => small.get(pathOf(piece));
  const bindings = once(once(readFileSync(join(work, "page.js"), "utf8"), LOADER_IMPORTED), LOADER_GIVEN);

  // The pieces belong to one build and name each other, so they go by one name: that of all that is in them, which
  // may change where the program does not, by how it is cut.
  const content = [small.get(whole), short(bindings)];
  const add = (name, bytes) => {
    content.push(name, bytes);
    return [name, ""];
  };
  content.push(short(loaderOf(generated, bytesOf, add)));
  const build = hashOf(...content);
  const part = (stem, ending, content) => keep(dist, stem, ending, content, build);
  const wasm = part("lab", "wasm", small.get(whole));
  // A file that was changed, or belongs to another build, is refused like one that is missing.
  const kept = (name, bytes) => {
    const { name: file, integrity } = part(name, "wasm", bytes);
    return [`./${file}`, integrity];
  };
  // The two name each other, and so each before it is written.
  const loader = loaderOf(generated.replace("./page.js", `./lab-${build}.js`), bytesOf, kept);
  const bound = bindings.replaceAll('from "./__wasm_split.js"', `from "./chunks-${build}.js"`).replaceAll("page_bg.wasm", wasm.name);
  const js = part("lab", "js", short(bound));
  const loaderJs = part("chunks", "js", short(loader));
  rmSync(work, { recursive: true });

  page.rename(old.js, js);
  page.rename(old.wasm, wasm);
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
