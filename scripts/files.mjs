// The files of dist that have a hash of their content in their names: STEM-HASH.ENDING.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The hash in a name: 64 bits, all 16 digits of them. A host may keep such a file for good. */
const HASH = /-[0-9a-f]{16}(?=\.\w+$)/;

/** What names a file that has this content, or files that have all of these. */
export const hashOf = (...contents) => {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 16);
};

/** The hash in a name, or at the end of a path; a file without one may mean something else tomorrow. */
export const hashIn = (name) => HASH.exec(name)?.[0].slice(1);

/** The name without the hash, which is the same in each build. */
export const unhashed = (name) => name.replace(HASH, "");

/** What `integrity` of an element that loads this content says. */
export const integrityOf = (content) => `sha256-${createHash("sha256").update(content).digest("base64")}`;

/** Writes a file whose name has this hash, that of its content unless another is given; gives its name and integrity. */
export function keep(dist, stem, ending, content, hash = hashOf(content)) {
  const name = `${stem}-${hash}.${ending}`;
  writeFileSync(join(dist, name), content);
  return { name, integrity: integrityOf(content) };
}

/** A script without what only people read, the same each time; `options` are esbuild's. */
export const minified = (script, ...options) => execFileSync("esbuild", ["--minify", "--log-level=warning", ...options], { input: script, encoding: "utf8" });
