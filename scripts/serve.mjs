// Serves a folder on 127.0.0.1, as a static host would: node scripts/serve.mjs DIR [PORT]
// Also a module: `serve(dir, port)` gives { url, close, missing }, for the browser tests; `missing` are the paths asked for
// that are not there; `more(path)` are headers that a host of its own mind adds, or sends in the place of these; `quality`
// is Brotli's, of which the best takes seconds.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, resolve, sep } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".toml": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
};

// What was compressed, by its content: takes seconds for the program, and tests serve it many times.
const packed = new Map();
function pack(plain, quality) {
  const key = `${createHash("sha256").update(plain).digest("hex")} ${quality}`;
  if (!packed.has(key)) packed.set(key, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }));
  return packed.get(key);
}

/** How well Brotli packs: at once, and a little larger; or in seconds, as small as a host sends it. */
const QUICK = 4;
export const SMALLEST = constants.BROTLI_MAX_QUALITY;

export function serve(dir, port = 0, more = () => ({}), quality = QUICK) {
  const root = resolve(dir);
  const missing = [];
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const file = join(root, path.endsWith(sep) ? join(path, "index.html") : path);
    try {
      if (!file.startsWith(root + sep)) throw new Error("outside");
      const plain = await readFile(file);
      const headers = { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-cache" };
      let body = plain;
      if (/\bbr\b/.test(request.headers["accept-encoding"] ?? "")) {
        body = pack(plain, quality);
        headers["content-encoding"] = "br";
      }
      response.writeHead(200, { ...headers, ...more(path) }).end(body);
    } catch {
      missing.push(path);
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    }
  });
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      done({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close(), missing });
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [dir = "dist", port = "8080"] = process.argv.slice(2);
  serve(dir, Number(port)).then(
    ({ url }) => console.log(`Handshake Lab is at ${url}   (Ctrl-C stops it)`),
    (error) => {
      const hint = error.code === "EADDRINUSE" ? `port ${port} is taken; try: make serve PORT=${Number(port) + 1}` : error.message;
      console.error(`could not serve ${dir}: ${hint}`);
      process.exit(1);
    },
  );
}
