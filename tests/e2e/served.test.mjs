// Faults as `handshake-lab serve --all` has them for real clients, opened in this browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { serving } from "./program.mjs";

const OBSERVED = JSON.parse(readFileSync(new URL("../../data/observed.json", import.meta.url), "utf8"));

// Those of which the error is the same whether or not the browser trusts the root of what is served.
const FAULTS = ["self-signed", "untrusted-root", "unknown-sni", "tls-to-plain-http-port", "connection-refused"];

test("Chromium says of faults that are served what it was observed to say", async () => {
  const { servers, close } = await serving("--all");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * 127.0.0.1"];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
  try {
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
  }
});
