// After trunk: splits the program into the first load and what comes later (split.mjs). For releases
// also joins the style sheets into one file (one request), moves the inline start-up script into a
// file of its own, both with their integrity, and writes a content security policy that allows nothing
// inline and no other host. While developing, trunk's live reload is itself an inline script.

import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Page, attribute, setAttribute, setText, text } from "./html.mjs";
import { integrityOf, split } from "./split.mjs";

const dist = process.env.TRUNK_STAGING_DIR;
const file = join(dist, "index.html");
const release = process.env.TRUNK_PROFILE === "release";
const target = process.env.CARGO_TARGET_DIR ?? "target";
const program = join(target, "wasm32-unknown-unknown", release ? "web" : "debug", "handshake-lab-web.wasm");
const page = new Page(readFileSync(file, "utf8"));
await split(page, dist, program, release);
if (release) {
  // A file of dist, named by its content, and its integrity.
  const keep = (stem, ending, content) => {
    const name = `${stem}-${createHash("sha256").update(content).digest("hex").slice(0, 16)}.${ending}`;
    writeFileSync(join(dist, name), content);
    return { name, integrity: integrityOf(content) };
  };

  // Style sheets after this mark are fetched with the first chunk: see src/ui/parts/later.rs.
  const mark = page.one("meta", { name: "later-style" });
  const siblings = mark.parentNode.childNodes;
  const sheets = page.all("link", { rel: "stylesheet" });
  const isNow = (sheet) => siblings.indexOf(sheet) < siblings.indexOf(mark);
  const joined = (stem, some) => keep(stem, "css", some.map((sheet) => readFileSync(join(dist, attribute(sheet, "href")), "utf8")).join("\n"));
  const style = joined("style", sheets.filter(isNow));
  const later = joined("later", sheets.filter((sheet) => !isNow(sheet)));
  page.insert("link", { rel: "stylesheet", href: `./${style.name}`, integrity: style.integrity }, mark);
  setAttribute(mark, "content", `./${later.name} ${later.integrity}`);
  for (const sheet of sheets) page.remove(sheet);
  for (const name of new Set(sheets.map((sheet) => attribute(sheet, "href")))) rmSync(join(dist, name));

  for (const inline of page.all("script").filter((script) => attribute(script, "src") === undefined)) {
    const script = keep("start", "js", text(inline));
    setText(inline, "");
    setAttribute(inline, "src", `./${script.name}`);
    setAttribute(inline, "integrity", script.integrity);
    setAttribute(inline, "crossorigin", "anonymous");
    page.insert("link", { rel: "modulepreload", crossorigin: "", href: `./${script.name}`, integrity: script.integrity });
  }
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
