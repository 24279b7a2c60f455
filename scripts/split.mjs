// After trunk's build: cuts the program into what the first load needs and what is loaded later (see
// src/ui/parts/later.rs), and puts the pieces in the place of trunk's whole.
//
//   cargo's wasm (with relocations) ─wasm-split-cli─▶ pieces ─wasm-bindgen, wasm-opt─▶ files of dist
//
// What several parts share, wasm-split cuts up by who shares it, into dozens of pieces, most of a few hundred
// bytes. bundles.mjs says which of these stand together in a file.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { bundles } from "./bundles.mjs";
import { optimised } from "./optimise.mjs";
import { attribute, setAttribute, setText, text } from "./html.mjs";

// Of the program: see scripts/tools.sh.
const FEATURES = process.env.WASM_FEATURES.split(" ");
const digest = (algorithm, bytes, encoding) => createHash(algorithm).update(bytes).digest(encoding);
const nameOf = (link) => attribute(link, "href").replace(/^\.\//, "");
// The most files that a screen fetches besides the style sheet: its parts' own, and those that they share.
const MOST_FILES = 5;
// What screens open at once of several parts: a fault, and a stolen key, whose runs may need all capabilities.
const SCREENS = [["breakit", "panels", "step"], ["stolen", "capabilities"]];
// Parts that stand with others on a screen: their own code may be in a file with what they share.
const BESIDE = ["breakit", "panels", "step"];
// How often parts are opened, where that is not as often as others: most people begin at the list of lessons.
const OFTEN = { learn: 3, lesson_source: 0.1, certificates: 0.3, diagnose: 0.3, slip: 0.3, export: 0.5, interview: 0.5, stolen: 0.5 };
export const integrityOf = (bytes) => `sha384-${digest("sha384", bytes, "base64")}`;

// A module of WebAssembly that holds nothing but these pieces, each as a custom section of its name: hosts
// know the type, compress it, and browsers can take it apart.
function bundle(pieces) {
  const leb = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >>> 7)]);
  const section = ([name, bytes]) => {
    const head = Buffer.from([...leb(name.length), ...Buffer.from(name)]);
    return Buffer.concat([Buffer.from([0, ...leb(head.length + bytes.length)]), head, bytes]);
  };
  return Buffer.concat([Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), ...pieces.map(section)]);
}

// The part of the loader that takes pieces from bundles, each by the expression that fetches it. One that could
// not be had is fetched anew when it is next asked for.
const takesFrom = (fetches) => `
const bundles = [];
const fetches = [${fetches.map((one) => `() => ${one}`).join(", ")}];
async function fromBundle(number, name) {
    bundles[number] ??= WebAssembly.compileStreaming(fetches[number]());
    try {
        const [bytes] = WebAssembly.Module.customSections(await bundles[number], name);
        return new Response(bytes, { headers: { "content-type": "application/wasm" } });
    } catch (error) {
        bundles[number] = undefined;
        throw error;
    }
}
`;

// The loader says for each piece in the same words how it is loaded, and names one by one what a part needs: some
// hundred of them. Here a table says from which bundle each comes, and ranges of numbers which are needed.
function shortened(loader) {
  const bundleOf = new Map();
  const each = /\/\* [\w, ]+ \*\/\s*const __chunk_(\d+) = makeLoad\(\(\) => \{\s*const src = fromBundle\((\d+), "chunk_\1"\);\s*src\.catch\(\(\) => \{\}\);\s*return async \(imports\) => \(WebAssembly\.instantiateStreaming\(src, imports\)\);\s*\}\s*, \[\]\);/g;
  const rest = loader.replace(each, (_, piece, bundle) => (bundleOf.set(Number(piece), Number(bundle)), ""));
  const [first, last] = [Math.min(...bundleOf.keys()), Math.max(...bundleOf.keys())];
  // A number that is not taken is never asked for.
  const table = Array.from({ length: last - first + 1 }, (_, at) => bundleOf.get(first + at)?.toString(36) ?? "-").join("");
  if (table.length !== last - first + 1) throw new Error("the number of a bundle has more than one digit");
  const needs = rest.replace(/\[__chunk_\d+(?:, __chunk_\d+)*\]/g, (list) => `shared("${ranges(list.match(/\d+/g).map(Number), first)}")`);
  if (/__chunk_/.test(needs)) throw new Error("the loader names a shared piece in another way");
  const loads = `
const pieces = [..."${table}"].map((bundle, at) => makeLoad(() => {
    const name = \`chunk_\${at + ${first}}\`;
    const source = fromBundle(parseInt(bundle, 36), name);
    source.catch(() => {});
    return async (imports) => WebAssembly.instantiateStreaming(source, imports);
}, []));
const shared = (ranges) => ranges.split(" ").flatMap((range) => {
    const [from, to] = range.split("-");
    return pieces.slice(+from, +(to ?? from) + 1);
});
`;
  // After the functions that it calls, before the parts that need it.
  const at = needs.search(/const __wasm_split_load_|export const/);
  if (at < 0) throw new Error("the loader loads no part");
  return needs.slice(0, at) + loads + needs.slice(at);
}

// Numbers from `first` on, as text: "0-7 9 12-13".
function ranges(numbers, first) {
  const runs = [];
  for (const number of numbers.map((one) => one - first).sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(" ");
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

  // The pieces belong to one build and go by its name.
  const build = digest("sha256", readFileSync(program), "hex").slice(0, 16);
  const keep = (name, bytes) => {
    writeFileSync(join(dist, name), bytes);
    return { name, integrity: integrityOf(bytes) };
  };
  const wasm = keep(`lab-${build}.wasm`, small.get(whole));
  const chunks = `chunks-${build}.js`;
  const script = `lab-${build}.js`;
  let loader = readFileSync(join(work, "pieces", "__wasm_split.js"), "utf8").replace("./page.js", `./${script}`);
  // A file that was changed, or belongs to another build, is refused like one that is missing.
  const fetchOf = ({ name, integrity }) => `fetch(new URL("./${name}", import.meta.url), { integrity: "${integrity}" })`;
  // Before each shared piece the loader names the parts that need it.
  const users = new Map([...loader.matchAll(/\/\* ([\w, ]+) \*\/\s*const __(chunk_\d+) /g)].map(([, parts, name]) => [name, new Set(parts.split(", "))]));
  const load = (piece, fetched) => {
    const generated = `fetch(new URL("./${piece}", import.meta.url))`;
    if (!loader.includes(generated)) throw new Error(`the loader does not load ${piece}`);
    loader = loader.replace(generated, fetched);
  };
  const shared = [];
  for (const piece of pieces.sort()) {
    const bytes = small.get(pathOf(piece));
    const name = piece.replace(/^split_/, "").replace(/\.wasm$/, "");
    const parts = users.get(name) ?? (BESIDE.includes(name) ? new Set([name]) : undefined);
    if (parts) shared.push({ piece, name, bytes, size: brotliCompressSync(bytes).length, users: parts });
    else load(piece, fetchOf(keep(`${name}-${build}.wasm`, bytes)));
  }
  const parts = [...new Set(shared.flatMap(({ users }) => [...users]))];
  const missing = [...SCREENS.flat(), ...BESIDE, ...Object.keys(OFTEN)].find((part) => !parts.includes(part));
  if (missing) throw new Error(`no part is called ${missing}`);
  const limits = [...parts.map((part) => [part]), ...SCREENS].map((together) => ({
    parts: together,
    most: MOST_FILES - together.filter((part) => !BESIDE.includes(part)).length,
    weight: Math.max(...together.map((part) => OFTEN[part] ?? 1)),
  }));
  const byName = new Map(shared.map((one) => [one.name, one]));
  const fetches = bundles(shared, limits).map((names, number) => {
    const own = names.map((name) => byName.get(name));
    for (const { piece, name } of own) load(piece, `fromBundle(${number}, "${name}")`);
    return fetchOf(keep(`shared-${number + 1}-${build}.wasm`, bundle(own.map(({ name, bytes }) => [name, bytes]))));
  });
  loader = shortened(loader) + takesFrom(fetches);
  const bindings = readFileSync(join(work, "page.js"), "utf8")
    .replaceAll('from "./__wasm_split.js"', `from "./${chunks}"`)
    .replaceAll("page_bg.wasm", wasm.name);
  const minified = (text) => (optimise ? execFileSync("esbuild", ["--minify", "--format=esm", "--log-level=error"], { input: text, encoding: "utf8" }) : text);
  const js = keep(script, minified(bindings));
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
