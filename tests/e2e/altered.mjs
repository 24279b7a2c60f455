// The page as it must not be served, or from a host with headers of its own.

import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../../scripts/serve.mjs";
import { newContext } from "./browser.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

/** The path of the file in `dir` whose name `pattern` matches. */
export function fileOf(dir, pattern) {
  const name = readdirSync(dir).find((name) => pattern.test(name));
  if (!name) throw new Error(`no file of the page is called ${pattern}`);
  return join(dir, name);
}

/**
 * Serves a copy of dist/ that `change(dir)` altered below `path`, with the headers of `more(path)`; opens
 * it, or `address(url, dir)`, after `init` ran in the page, and hands the page to `look(page, dir)`.
 */
export async function altered({ change = () => {}, path = "", more, init, address = (url) => url, context = {} }, look) {
  const root = mkdtempSync(join(tmpdir(), "handshake-lab-"));
  const dir = join(root, path);
  cpSync(DIST, dir, { recursive: true });
  change(dir);
  const { url, close } = await serve(root, 0, more);
  const session = await newContext(context);
  try {
    const page = await session.newPage();
    page.setDefaultTimeout(30_000);
    if (init) await page.addInitScript(init);
    await page.goto(address(new URL(path && `${path}/`, url).href, dir));
    await look(page, dir);
  } finally {
    await session.close();
    close();
    rmSync(root, { recursive: true });
  }
}
