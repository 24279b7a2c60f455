// Takes the pictures of the README from the built page: make screenshots

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "../tests/e2e/node_modules/playwright-core/index.mjs";
import { small } from "./png.mjs";
import { serve } from "./serve.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** How high a picture may become, in pixels. */
const HIGHEST = 1500;

/** What is left around a part of a page, in pixels. */
const AROUND = 24;

/**
 * What is taken. `act` is done before; `from` is the part that a picture begins with, in place of the top of the page, and
 * `until` the one that it ends behind. Without them it is of the window, which is made as high as what is in it.
 */
const PICTURES = [
  { name: "lab", fragment: "#/lab/tls13?step=5&sel=0.1&panel=keys" },
  { name: "learn", fragment: "#/learn/your-first-handshake/5", act: answer },
  { name: "practise", fragment: "#/learn/practise/your-first-handshake/5/7" },
  { name: "break-it", fragment: "#/break/cert-expired?step=12&panel=errors" },
  { name: "diagnose", fragment: "#/break/diagnose/one-line/7", until: ".case" },
  { name: "certificates", fragment: "#/certificates/make/private-ca", act: showCommands, from: ".steps > .step", until: ".steps > .step" },
  { name: "race", fragment: "#/race", until: ".lanes" },
];

const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Answers the first question of a lesson's page rightly. */
async function answer(page) {
  const question = page.locator(".question").first();
  await question.getByRole("radio").first().waitFor();
  for (const option of await question.getByRole("radio").all()) {
    await option.check();
    await question.getByRole("button", { name: "Answer", exact: true }).click();
    await page.locator(".lesson-foot .verdict b").waitFor();
    await drawn(page);
    if (await question.locator(".solved-answer").count()) return;
  }
}

/** Unfolds the commands that make the first certificate. */
async function showCommands(page) {
  const certificate = page.locator(".object").filter({ has: page.getByRole("heading", { name: /^certificate/i }) }).first();
  await certificate.getByRole("button", { name: /^openssl and keytool/ }).click();
  await certificate.locator("pre").first().waitFor();
}

const settled = async (page) => {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => !document.querySelector("#main [role=status].later, .lesson-loading"));
  await drawn(page);
};

/** Makes the window so high that nothing in it is cut off; what scrolls may grow with it, so this takes some turns. */
async function fit(page) {
  for (let turn = 0; turn < 6; turn += 1) {
    const over = await page.evaluate(() => {
      const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowY) && one.checkVisibility();
      const all = [...document.querySelectorAll("#main, #main *")].filter(scrolls);
      return Math.max(0, ...all.map((one) => one.scrollHeight - one.clientHeight));
    });
    const { width, height } = page.viewportSize();
    if (over === 0 || height >= HIGHEST) return;
    await page.setViewportSize({ width, height: Math.min(HIGHEST, height + over) });
    await settled(page);
  }
}

/** The part of the page from one element to another, with a little around it. */
async function part(page, from, until) {
  const [first, last] = [from && page.locator(from).first(), page.locator(until).first()];
  const place = (locator) => locator.evaluate((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return { left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY };
  });
  const end = await place(last);
  const { width } = page.viewportSize();
  if (!first) return { x: 0, y: 0, width, height: end.bottom + AROUND };
  const begin = await place(first);
  const [x, y] = [Math.max(0, Math.min(begin.left, end.left) - AROUND), Math.max(0, begin.top - AROUND / 3)];
  return { x, y, width: Math.min(width, Math.max(begin.right, end.right) + AROUND) - x, height: end.bottom + AROUND - y };
}

const { url, close } = await serve(at("dist"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
for (const { name, fragment, act, from, until } of PICTURES) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(url + fragment);
  await page.waitForSelector("html[data-ready]");
  await settled(page);
  if (act) {
    await act(page);
    await settled(page);
  }
  // What had the focus is marked, and nobody is there.
  await page.evaluate(() => document.activeElement?.blur());
  let clip;
  if (until) clip = await part(page, from, until);
  else await fit(page);
  const picture = small(await page.screenshot({ fullPage: Boolean(clip), clip }));
  writeFileSync(at(`docs/${name}.png`), picture);
  console.log(`docs/${name}.png: ${Math.round(picture.length / 1024)} KB`);
  await context.close();
}
await browser.close();
close();
