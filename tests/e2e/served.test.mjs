// Faults as `handshake-lab serve --all` has them for real clients, opened in this browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { serving } from "./program.mjs";

const OBSERVED = JSON.parse(readFileSync(new URL("../../data/observed.json", import.meta.url), "utf8"));

const FAULTS = [
  "cert-expired", "cert-not-yet-valid", "hostname-mismatch", "self-signed", "untrusted-root", "missing-intermediate",
  "unknown-sni", "tls-to-plain-http-port", "connection-refused",
];

/** A home whose store of certificates has this root, and no other of anyone's own. */
function homeTrusting(ca) {
  const home = mkdtempSync(join(tmpdir(), "handshake-lab-home-"));
  const store = join(home, ".pki/nssdb");
  mkdirSync(store, { recursive: true });
  writeFileSync(join(home, "ca.pem"), ca);
  const certutil = (...args) => execFileSync("certutil", ["-d", `sql:${store}`, ...args], { stdio: "pipe" });
  certutil("-N", "--empty-password");
  certutil("-A", "-t", "C,,", "-n", "ca", "-i", join(home, "ca.pem"));
  return home;
}

test("Chromium says of faults that are served what it was observed to say", async () => {
  const { servers, ca, close } = await serving("--all");
  const home = homeTrusting(ca);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * 127.0.0.1"];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args, env: { ...process.env, HOME: home } });
  try {
    // What is right is taken: the errors are those of the faults.
    const { port, name } = servers.get("chain-out-of-order");
    const page = await browser.newPage();
    assert.equal((await page.goto(`https://${name}:${port}/`)).status(), 200);
    await page.close();
    for (const fault of FAULTS) {
      const { port, name } = servers.get(fault);
      const { error } = OBSERVED.find((one) => one.program === "chromium" && one.fault === fault);
      const page = await browser.newPage();
      const said = await page.goto(`https://${name}:${port}/`).then(() => "nothing", ({ message }) => message);
      assert.match(said, new RegExp(`net::${error}\\b`), fault);
      await page.close();
    }
  } finally {
    await browser.close();
    close();
    rmSync(home, { recursive: true });
  }
});
