// Every screen, in both themes, at three widths: axe finds nothing, and nothing is wider than the screen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { WIDTHS, visit } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const SCREENS = {
  home: "#/",
  "lab, the whole": "#/lab/tls13",
  "lab, the whole, failed, listening": "#/lab/cert-expired?as=eavesdropper",
  "lab, first step": "#/lab/tls13?step=1",
  "lab, last step": "#/lab/tls13?step=99",
  "lab, a request": "#/lab/tls13?step=13&sel=0",
  "lab, ServerHello": "#/lab/tls13?step=5&sel=0.1",
  "lab, Certificate": "#/lab/tls12?step=6&panel=certificates",
  "lab, checks": "#/lab/tls13-mtls?step=14&panel=checks",
  "lab, transcript": "#/lab/tls13?step=12&panel=transcript",
  "lab, TCP": "#/lab/tls13?step=12&panel=tcp&zoom=tcp&layer=packet",
  "lab, knows": "#/lab/tls13?step=12&panel=knows&as=eavesdropper",
  "lab, a key": "#/lab/tls12?step=12&panel=keys&key=main_secret",
  "lab, a fault": "#/lab/tls13+fault=cert-expired?step=8",
  "lab, 0-RTT": "#/lab/tls13-0rtt?conn=2&step=6&panel=keys&key=client_early_traffic_secret",
  "lab, HelloRetryRequest": "#/lab/tls13-hrr?step=5&panel=transcript",
  "lab, a lossy link": "#/lab/tls13-lossy?step=9&zoom=tcp&layer=packet&panel=tcp",
  "lab, embedded": "#/lab/tls13?step=5&embed",
  "lab, errors": "#/lab/cert-expired?step=9&panel=errors",
  "lab, errors, listening": "#/lab/tls13?step=12&panel=errors&as=eavesdropper",
  "lab, a broken scenario": "#/lab/tls13+group=nosuch",
  faults: "#/break",
  "faults, none found": "#/break?q=banana",
  "faults of another run": "#/break?run=tls13-raw-public-key&who=client",
  "a fault": "#/break/cert-expired",
  diagnose: "#/break/diagnose",
  "a mystery": "#/break/diagnose/one-line/7",
  "a mystery, a wrong address": "#/break/diagnose/king/7",
  "a fault, asked": "#/break/cert-expired/tls12",
  "a broken link": "#/compare/tsl13",
  compare: "#/compare",
  "compare, fields": "#/compare/tls12/tls13?sel=3.4.7",
  "compare, a fault": "#/compare/tls13/tls13+fault=cert-expired?sel=7",
  "stolen key": "#/stolen-key",
  race: "#/race",
  "race, a fault and a loss": "#/race/cert-expired,tls13-lossy?rtt=200&fleet=1.2,1000,60,0,60",
  certificates: "#/certificates",
  "certificates of a recipe": "#/certificates/make/private-ca?seed=7",
  lessons: "#/learn",
  glossary: "#/learn/glossary/zero-rtt",
  "glossary, no such term": "#/learn/glossary/banana",
  interview: "#/learn/interview",
  "a prompt": "#/learn/interview/what-https-gives",
  "a round": "#/learn/interview/round/mid/30/7",
  "interview, a wrong address": "#/learn/interview/round/king/30/7",
  practise: "#/learn/practise",
  "a practised question": "#/learn/practise/all/5/7",
  "an exam's question": "#/learn/practise/exam/all/5/10/7",
  "an exam's sheet": "#/learn/practise/exam/all/5/10/7/10101",
  "a lesson": "#/learn/your-first-handshake/1",
  "a lesson's question": "#/learn/your-first-handshake/4",
};

/** Dialogs over the lab, and the key that opens each. */
const DIALOGS = { search: "/", help: "?" };

test("every kind of address is among the screens", () => {
  const route = readFileSync(fileURLToPath(new URL("../../src/route.rs", import.meta.url)), "utf8");
  const names = [...route.match(/const SCREENS: [^=]*=\s*\[([^\]]*)\]/)[1].matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  const shown = Object.values(SCREENS).map((fragment) => fragment.split(/[/?]/)[1]);
  assert.deepEqual(names.filter((name) => !shown.includes(name)), []);
});

for (const theme of ["light", "dark"]) {
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    test(`axe finds no violation on any screen, ${theme}, ${width}`, async () => {
      const wrong = [];
      const dialogs = Object.entries(DIALOGS).map(([name, key]) => [name, "#/lab/tls13", key]);
      for (const [name, fragment, key] of [...Object.entries(SCREENS), ...dialogs]) {
        // Tall enough that the bar at the bottom covers nothing: axe counts what a person would scroll
        // into view as too small to hit.
        await visit({ fragment, theme, asked: /, asked$/.test(name), viewport: width === "desktop" ? viewport : { ...viewport, height: 9000 } }, async (page) => {
          await page.waitForLoadState("networkidle");
          if (key) {
            await page.keyboard.press(key);
            await page.locator("dialog[open]").waitFor();
          }
          // Playwright's evaluate is not held by the page's policy, as a script element would be.
          await page.evaluate(axe);
          const violations = await page.evaluate(async () => {
            const found = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
            return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
          });
          wrong.push(...violations.map((violation) => `${name}: ${violation}`));
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (over > 0) wrong.push(`${name} is ${over} px wider than the screen`);
        });
      }
      assert.deepEqual(wrong, []);
    });
  }
}
