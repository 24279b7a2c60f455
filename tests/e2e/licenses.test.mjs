// What the licences of others ask of a page that has their code in it.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { FILE, crates, notices } from "../../scripts/licenses.mjs";

const text = notices();

test("every crate of the page is named with a licence or notice below it", () => {
  const all = crates();
  assert.ok(all.length > 100, `${all.length} crates`);
  const parts = text.split(/^={100}$/m).slice(1);
  for (const crate of all) {
    const at = parts.findIndex((part) => part.includes(`\n${crate.name} ${crate.version} (`));
    assert.ok(at >= 0, crate.name);
    assert.match(parts[at + 1], /copyright|permission|licen[cs]e/i, crate.name);
  }
});

test("what only builds or tests the page is not named", () => {
  const names = crates().map((crate) => crate.name);
  for (const tool of ["proptest", "clap", "serde_derive", "leptos_macro", "handshake-lab"]) assert.ok(!names.includes(tool), tool);
  for (const part of ["rustls", "smoltcp", "leptos", "rsa", "pulldown-cmark"]) assert.ok(names.includes(part), part);
});

test("a built page has them beside it", { skip: !existsSync(fileURLToPath(new URL("../../dist", import.meta.url))) }, () => {
  assert.equal(readFileSync(new URL(`../../dist/${FILE}`, import.meta.url), "utf8"), text);
});
