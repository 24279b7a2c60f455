// After trunk: splits the program into the first load and what comes later (split.mjs). For releases
// also joins the style sheets into one file (one request), moves the inline start-up script into a
// file of its own, names all by their content, with their integrity, and writes a content security policy
// that allows nothing inline and no other host. While developing, trunk's live reload is itself an inline script.

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import { keep, minified } from "./files.mjs";
import { Page, attribute, setAttribute, setText, text } from "./html.mjs";
import { split } from "./split.mjs";

// How a script of public/ is written: modules, and what tells an old browser that it is too old.
const MINIFIED = { "initializer.js": ["--format=esm"], "boot.js": ["--target=es5"] };

const dist = process.env.TRUNK_STAGING_DIR;
const file = join(dist, "index.html");
const release = process.env.TRUNK_PROFILE === "release";
const target = process.env.CARGO_TARGET_DIR ?? "target";
const program = join(target, "wasm32-unknown-unknown", release ? "web" : "debug", "handshake-lab-web.wasm");
const page = new Page(readFileSync(file, "utf8"));
await split(page, dist, program, release);
if (release) {
  // Trunk's minifier writes another text each time, and its hashes are without leading zeros: what public/ has is
  // minified and named here. The page's inline script imports one of these files.
  const inline = page.all("script").find((script) => attribute(script, "src") === undefined);
  for (const source of readdirSync("public")) {
    const { name: stem, ext } = parse(source);
    const old = readdirSync(dist).find((name) => new RegExp(`^(${stem}-[0-9a-f]+|[0-9a-f]+-${stem})\\${ext}$`).test(name));
    if (!old) throw new Error(`index.html refers to no public/${source}`);
    const content = readFileSync(join("public", source), "utf8");
    const now = keep(dist, stem, ext.slice(1), ext === ".js" ? minified(content, ...(MINIFIED[source] ?? [])) : content);
    page.rename(old, now);
    setText(inline, text(inline).replaceAll(old, now.name));
    rmSync(join(dist, old));
  }

  // Style sheets after this mark are fetched with the first chunk: see src/ui/parts/later.rs.
  const mark = page.one("meta", { name: "later-style" });
  const siblings = mark.parentNode.childNodes;
  const sheets = page.all("link", { rel: "stylesheet" });
  const isNow = (sheet) => siblings.indexOf(sheet) < siblings.indexOf(mark);
  const joined = (stem, some) => keep(dist, stem, "css", some.map((sheet) => readFileSync(join(dist, attribute(sheet, "href")), "utf8")).join("\n"));
  const style = joined("style", sheets.filter(isNow));
  const later = joined("later", sheets.filter((sheet) => !isNow(sheet)));
  page.insert("link", { rel: "stylesheet", href: `./${style.name}`, integrity: style.integrity }, mark);
  setAttribute(mark, "content", `./${later.name} ${later.integrity}`);
  for (const sheet of sheets) page.remove(sheet);
  for (const name of new Set(sheets.map((sheet) => attribute(sheet, "href")))) rmSync(join(dist, name));

  const start = keep(dist, "start", "js", minified(text(inline), "--format=esm"));
  setText(inline, "");
  setAttribute(inline, "src", `./${start.name}`);
  setAttribute(inline, "integrity", start.integrity);
  setAttribute(inline, "crossorigin", "anonymous");
  page.insert("link", { rel: "modulepreload", crossorigin: "", href: `./${start.name}`, integrity: start.integrity });
  // What fetches the program waits in a template for public/boot.js, which says when.
  const fetching = [...page.all("link", { rel: "preload" }), ...page.all("link", { rel: "modulepreload" }), ...page.all("script", { type: "module" })];
  page.shelve("program", fetching, page.all("script")[0]);
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    // What somebody recorded of themselves, in the page's memory alone.
    "media-src blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  page.insert("meta", { "http-equiv": "Content-Security-Policy", content: policy }, page.one("meta", { charset: true }));
}
writeFileSync(file, `${page}`);
