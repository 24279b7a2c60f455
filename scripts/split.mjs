// After trunk's build: cuts the program into what the first load needs and what is loaded behind a
// door (see src/ui/parts/later.rs), and puts the pieces in the place of trunk's whole.
//
//   cargo's wasm (with relocations) ─wasm-split-cli─▶ pieces ─wasm-bindgen, wasm-opt─▶ files of dist

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Of the program: see scripts/tools.sh.
const FEATURES = process.env.WASM_FEATURES.split(" ");
const digest = (algorithm, bytes, encoding) => createHash(algorithm).update(bytes).digest(encoding);
export const integrityOf = (bytes) => `sha384-${digest("sha384", bytes, "base64")}`;

// Splits the program that trunk put into `dist` and returns the page with its new names.
export function split(html, dist, program, optimise) {
  const trunkJs = html.match(/([\w-]+)\.js/g).find((name) => html.includes(`${name.slice(0, -3)}_bg.wasm`));
  if (!trunkJs) throw new Error("index.html names no program");
  const old = { js: trunkJs, wasm: `${trunkJs.slice(0, -3)}_bg.wasm` };
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

  const opt = (file) => {
    if (!optimise) return readFileSync(file);
    const small = `${file}.opt`;
    run("wasm-opt", "-Oz", ...FEATURES, file, "-o", small);
    // Once more over simpler control flow: a little smaller still.
    run("wasm-opt", "--flatten", "--rereloop", "-Oz", "-Oz", ...FEATURES, small, "-o", small);
    return readFileSync(small);
  };

  // The pieces belong to one build and go by its name.
  const build = digest("sha256", readFileSync(program), "hex").slice(0, 16);
  const keep = (name, bytes) => {
    writeFileSync(join(dist, name), bytes);
    return { name, integrity: integrityOf(bytes) };
  };
  const wasm = keep(`lab-${build}.wasm`, opt(join(work, "page_bg.wasm")));
  const doors = `doors-${build}.js`;
  const script = `lab-${build}.js`;
  const pieces = readdirSync(join(work, "pieces")).filter((name) => name.endsWith(".wasm") && name !== "page.wasm");
  let loader = readFileSync(join(work, "pieces", "__wasm_split.js"), "utf8").replace("./page.js", `./${script}`);
  for (const piece of pieces) {
    const stem = piece.replace(/^split_/, "").replace(/\.wasm$/, "");
    const kept = keep(`${stem}-${build}.wasm`, opt(join(work, "pieces", piece)));
    const fetched = `fetch(new URL("./${piece}", import.meta.url))`;
    if (!loader.includes(fetched)) throw new Error(`the loader does not load ${piece}`);
    // A piece that was changed, or belongs to another build, is refused like one that is missing.
    loader = loader.replace(fetched, `fetch(new URL("./${kept.name}", import.meta.url), { integrity: "${kept.integrity}" })`);
  }
  const bindings = readFileSync(join(work, "page.js"), "utf8")
    .replaceAll('from "./__wasm_split.js"', `from "./${doors}"`)
    .replaceAll("page_bg.wasm", wasm.name);
  const minified = (text) => (optimise ? execFileSync("esbuild", ["--minify", "--format=esm"], { input: text, encoding: "utf8" }) : text);
  const js = keep(script, minified(bindings));
  const loaderJs = keep(doors, minified(loader));
  rmSync(work, { recursive: true });

  // Attributes come in any order, so each tag is looked at by itself.
  const renewed = (tag) => {
    const now = tag.includes(old.js) ? js : tag.includes(old.wasm) ? wasm : null;
    return now ? tag.replace(/sha384-[\w+/=]+/, now.integrity) : tag;
  };
  html = html
    .replace(/<[^<>]*>/g, renewed)
    .replaceAll(old.wasm, wasm.name)
    .replaceAll(old.js, js.name)
    .replace("fetch(source)", `fetch(source, { integrity: "${wasm.integrity}" })`)
    .replace(`, ${oldSize},`, `, ${readFileSync(join(dist, wasm.name)).length},`)
    .replace("</head>", `<link rel="modulepreload" crossorigin href="./${loaderJs.name}" integrity="${loaderJs.integrity}"></head>`);
  if (!html.includes(`integrity: "${wasm.integrity}"`)) throw new Error("the page fetches the program without its integrity");
  if (html.includes(trunkJs.slice(0, -3))) throw new Error("the page still names trunk's program");
  for (const name of Object.values(old)) rmSync(join(dist, name));
  return html;
}
