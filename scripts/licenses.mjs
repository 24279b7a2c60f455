// Writes THIRD-PARTY-LICENSES.txt beside the page: the licences and copyright notices of all crates
// that the page is built from, taken from the crates themselves. Nothing is fetched.
//
//   node scripts/licenses.mjs FOLDER      or, as a hook of trunk, without: $TRUNK_STAGING_DIR

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
export const FILE = "THIRD-PARTY-LICENSES.txt";

/// The crates whose code is in the page, by name: what the library needs with feature `ui` on wasm32.
/// Macros and build scripts run when it is built, and are not in it.
export function crates() {
  const options = ["--format-version=1", "--offline", "--locked", "--no-default-features", "--features=ui"];
  const metadata = JSON.parse(
    execFileSync("cargo", ["metadata", ...options, "--filter-platform=wasm32-unknown-unknown"], {
      cwd: ROOT,
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  const { root, nodes } = metadata.resolve;
  const packages = new Map(metadata.packages.map((crate) => [crate.id, crate]));
  const uses = new Map(nodes.map(({ id, deps }) => [id, deps.filter((dep) => dep.dep_kinds.some(({ kind }) => kind === null))]));
  const found = new Set();
  const visit = (id) => {
    const isMacro = packages.get(id).targets.some(({ kind }) => kind.includes("proc-macro"));
    if (isMacro || found.has(id)) return;
    found.add(id);
    for (const { pkg } of uses.get(id)) visit(pkg);
  };
  visit(root);
  found.delete(root);
  return [...found].map((id) => packages.get(id)).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/// The texts that a crate's licence asks to be passed on. Where it may be had under MIT or another
/// licence, MIT is chosen.
function texts(crate) {
  const folder = dirname(crate.manifest_path);
  const named = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|copyright|notice|unlicense)/i.test(name));
  const isChoice = /\bOR\b|\//.test(crate.license ?? "") && !/\bAND\b/.test(crate.license);
  const mit = named.filter((name) => /mit/i.test(name));
  const files = isChoice && mit.length ? [...mit, ...named.filter((name) => /^(copyright|notice)/i.test(name))] : named;
  const read = files.map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim());
  if (read.length) return read;
  if (!/\bMIT\b/.test(crate.license ?? "")) throw new Error(`${crate.name}: no licence file, and ${crate.license} is not known here`);
  return [mitText(crate.authors.map((author) => author.replace(/ <.*>/, "")).join(", ") || `the authors of ${crate.name}`)];
}

/// The MIT licence, for those that name it and leave its text out.
function mitText(holders) {
  const own = readFileSync(join(ROOT, "LICENSE-MIT"), "utf8");
  return `Copyright (c) ${holders}\n\n${own.slice(own.indexOf("Permission is hereby granted")).trim()}`;
}

/// The whole file: each text once, below the crates that it is for.
export function notices() {
  const all = [
    ...crates().map((crate) => [`${crate.name} ${crate.version} (${crate.license ?? "see below"})`, texts(crate)]),
    ["the Rust standard library (MIT OR Apache-2.0)", [mitText("The Rust Project contributors")]],
  ];
  const users = new Map();
  for (const [crate, texts] of all) {
    for (const text of texts) users.set(text, [...(users.get(text) ?? []), crate]);
  }
  const line = "=".repeat(100);
  const parts = [...users].map(([text, crates]) => `${line}\n${crates.join("\n")}\n${line}\n\n${text}\n`);
  return `Handshake Lab is built from the works of others. These are their licences and notices.\n\n${parts.join("\n")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
  if (!folder) throw new Error("usage: node scripts/licenses.mjs FOLDER");
  writeFileSync(join(folder, FILE), notices());
}
