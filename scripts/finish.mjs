// After trunk: splits the program into the first load and what comes later (split.mjs). For releases
// also joins the style sheets into one file (one request), moves the inline
// start-up script into a file of its own, both with their integrity, and writes a content security
// policy that allows nothing inline and no other host. While developing, trunk's live reload is
// itself an inline script.

import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { integrityOf, split } from "./split.mjs";

const dist = process.env.TRUNK_STAGING_DIR;
const page = join(dist, "index.html");
const release = process.env.TRUNK_PROFILE === "release";
const target = process.env.CARGO_TARGET_DIR ?? "target";
const program = join(target, "wasm32-unknown-unknown", release ? "web" : "debug", "handshake-lab-web.wasm");
let html = split(readFileSync(page, "utf8"), dist, program, release);
if (release) {
  // A file of dist, named by its content, and the attributes that refer to it.
  const keep = (stem, ending, text) => {
    const name = `${stem}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.${ending}`;
    writeFileSync(join(dist, name), text);
    return { name, integrity: integrityOf(text) };
  };

  // The page is minified by now: attributes come in any order, with or without quotes.
  const sheets = /<link (?=[^>]*rel="?stylesheet)[^>]*href="?\.\/([\w.-]+)[^>]*>\s*/g;
  // What stands behind this mark is fetched with the first door: see src/ui/parts/later.rs.
  const mark = /<meta name="?later-style"?>/;
  const [now, later] = html.split(mark).map((part) => [...part.matchAll(sheets)].map(([, name]) => name));
  if (!now?.length || !later?.length) throw new Error("index.html names no style sheets, before or behind the mark");
  const joined = (stem, names) => keep(stem, "css", names.map((name) => readFileSync(join(dist, name), "utf8")).join("\n"));
  const [style, laterStyle] = [joined("style", now), joined("later", later)];
  html = html
    .replace(mark, `<link rel="stylesheet" href="./${style.name}" integrity="${style.integrity}"><meta name="later-style" content="./${laterStyle.name} ${laterStyle.integrity}">`)
    .replace(sheets, (whole, name) => (name === style.name ? whole : ""));
  for (const name of new Set([...now, ...later])) rmSync(join(dist, name));

  html = html.replace(/<script type="?module"?[^>]*>([\s\S]*?)<\/script>/, (whole, code) => {
    if (!code.trim()) return whole;
    const script = keep("start", "js", code);
    return `<script type="module" src="./${script.name}" integrity="${script.integrity}" crossorigin="anonymous"></script>`;
  });
  if (/<script(?![^>]*\bsrc=)/.test(html)) throw new Error("an inline script is left in index.html");
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  html = html.replace("<meta charset", `<meta http-equiv="Content-Security-Policy" content="${policy}"><meta charset`);
  if (!html.includes("Content-Security-Policy")) throw new Error("index.html has no place for the policy");
}
writeFileSync(page, html);
