// After trunk: moves the inline start-up script into a file of its own, with its integrity, and
// writes a content security policy that allows nothing inline and no other host. Only for releases:
// trunk's live reload is itself an inline script.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const dist = process.env.TRUNK_STAGING_DIR;
const page = join(dist, "index.html");
let html = readFileSync(page, "utf8");
if (process.env.TRUNK_PROFILE === "release") {
  const digest = (algorithm, text, encoding) => createHash(algorithm).update(text).digest(encoding);
  html = html.replace(/<script type="?module"?[^>]*>([\s\S]*?)<\/script>/, (whole, code) => {
    if (!code.trim()) return whole;
    const name = `start-${digest("sha256", code, "hex").slice(0, 16)}.js`;
    writeFileSync(join(dist, name), code);
    const integrity = `sha384-${digest("sha384", code, "base64")}`;
    return `<script type="module" src="./${name}" integrity="${integrity}" crossorigin="anonymous"></script>`;
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
