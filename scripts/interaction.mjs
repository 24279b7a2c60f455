// Measures how quick the built page is to use, and whether it grows: make bench, or
// node scripts/interaction.mjs [STEPS]. Prints tables; judges nothing.

import { fileURLToPath } from "node:url";
import { chromium } from "../tests/e2e/node_modules/playwright-core/index.mjs";
import { NAMES, held, repeat, watchMemory } from "../tests/e2e/actions.mjs";
import { serve } from "./serve.mjs";

const STEPS = Number(process.argv[2] ?? 100);
const PRESETS = ["tls13", "tls13-mlkem", "tls13+cert=rsa-2048"];
const ZOOMS = ["messages", "records", "tcp"];
const PERSPECTIVES = ["client", "server", "eavesdropper"];
/** How many times slower than this machine. */
const SLOWER = [1, 4];

const { url, close } = await serve(fileURLToPath(new URL("../dist", import.meta.url)));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

/** Opens the page at `fragment`, so many times slower, and gives what `look` makes of it. */
async function open(fragment, slower, look) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await watchMemory(page);
  await page.addInitScript(() => {
    // The longest event of each interaction. The browser tells of none below 16 ms.
    globalThis.interactions = new Map();
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries()) {
        if (interactionId) interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0));
      }
    }).observe({ type: "event", durationThreshold: 16 });
  });
  await page.goto(url + fragment);
  await page.locator(".step h1").waitFor();
  await page.waitForLoadState("networkidle");
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const result = await look(page);
  await page.close();
  return result;
}

const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
const durations = (page) => page.evaluate(() => [...globalThis.interactions.values()].sort((a, b) => b - a));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Interaction to Next Paint over presses of these keys, in turn: the worst but one in fifty. */
async function inp(page, keys, times) {
  for (let n = 0; n < times; n += 1) {
    await page.keyboard.press(keys[n % keys.length]);
    await drawn(page);
  }
  await page.waitForTimeout(300);
  const all = await durations(page);
  return all[Math.min(Math.floor(times / 50), all.length - 1)] ?? 16;
}

/** There and back again, over every step of the preset. */
async function walk(page) {
  const count = Number((await page.locator(".step .eyebrow").innerText()).match(/of (\d+)/)[1]) - 1;
  return inp(page, [...Array(count).fill("ArrowRight"), ...Array(count).fill("ArrowLeft")], STEPS);
}

function table(head, rows) {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => String(row[at]).length)));
  for (const row of [head, ...rows]) console.log(row.map((cell, at) => (at ? String(cell).padStart(widths[at]) : cell.padEnd(widths[at]))).join("  "));
  console.log();
}

console.log(`INP of ${STEPS} arrow keys, ms: as client / server / eavesdropper`);
const rows = [];
for (const slower of SLOWER) {
  for (const preset of PRESETS) {
    const row = [`${preset}, ${slower}x`];
    for (const zoom of ZOOMS) {
      const each = [];
      for (const as of PERSPECTIVES) each.push(await open(`#/lab/${preset}?step=1&zoom=${zoom}&as=${as}`, slower, walk));
      row.push(each.join(" / "));
    }
    rows.push(row);
  }
}
table(["", ...ZOOMS], rows);

console.log("INP of other actions, ms, each 24 times");
const OTHERS = {
  "zoom": ["1", "2", "3"],
  "perspective, on Certificate": ["s", "e", "c"],
  "new seed": ["r"],
};
const others = [];
for (const [name, keys] of Object.entries(OTHERS)) {
  const row = [name];
  for (const slower of SLOWER) for (const preset of ["tls13", "tls13+cert=rsa-2048"]) row.push(await open(`#/lab/${preset}?step=7`, slower, (page) => inp(page, keys, 24)));
  others.push(row);
}
table(["", ...SLOWER.flatMap((slower) => [`tls13, ${slower}x`, `rsa-2048, ${slower}x`])], others);

console.log("Script of a step, ms: median of the 50 up to it");
const times = await open("#/lab/tls13", 1, (page) => repeat(page, "step", 0, 1000));
table(["", "after 100", "after 1000"], [["tls13", ...[100, 1000].map((n) => median(times.slice(n - 50, n)).toFixed(1))]]);

console.log("What the program holds in memory, KB");
const grown = [];
for (const name of NAMES) {
  grown.push([name, ...(await open("#/lab/tls13?step=4", 1, async (page) => {
    const sizes = [];
    for (const [from, to] of [[0, 100], [100, 300]]) {
      await repeat(page, name, from, to);
      sizes.push((await held(page)) / 1024);
    }
    return sizes;
  }))]);
}
table(["", "after 100", "after 300"], grown);

await browser.close();
close();
