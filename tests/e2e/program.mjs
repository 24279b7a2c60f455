// The command line, as the measure of what the page shows.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `handshake-lab` with these arguments writes. */
export const program = (...args) => execFileSync("cargo", ["run", "--quiet", "--", ...args], { cwd: root, maxBuffer: 1 << 24 });

/** The entries of a registry. */
export const list = (what) => JSON.parse(program("list", what, "--json"));
