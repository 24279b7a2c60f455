// The command line, as the measure of what the page shows.

import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The program as it was built; what cargo does each time would take longer than most of what is asked of it. */
let built;
function executable() {
  built ??= execFileSync("cargo", ["build", "--quiet", "--bin", "handshake-lab", "--message-format=json"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 24 })
    .split("\n").map((line) => line && JSON.parse(line).executable).findLast(Boolean);
  return built;
}

/** What `handshake-lab` with these arguments writes. */
export const program = (...args) => execFileSync(executable(), args, { cwd: root, maxBuffer: 1 << 24 });

/** The entries of a registry. */
export const list = (what) => JSON.parse(program("list", what, "--json"));

/** `handshake-lab serve` with these arguments, once it is ready: port and name of what is served, by fault, the root to
 * trust as PEM, and how to end it. */
export async function serving(...args) {
  const running = spawn(executable(), ["serve", ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const servers = new Map();
  for await (const line of createInterface({ input: running.stdout })) {
    if (line === "ready") break;
    const [fault, url, name] = line.split(" ");
    servers.set(fault, { port: new URL(url).port, name });
  }
  let page;
  for await (const line of createInterface({ input: running.stderr })) {
    page = line.match(/^http:\/\/[^/ ]+\//)?.[0];
    if (page) break;
  }
  // What it says of connections is nobody's, and must not fill the pipes.
  for (const said of [running.stdout, running.stderr]) said.resume();
  const ca = await (await fetch(`${page}ca.pem`)).text();
  return { servers, ca, close: () => running.kill() };
}
