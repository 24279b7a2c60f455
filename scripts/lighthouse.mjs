// How the first load feels: node scripts/lighthouse.mjs DIR
// Prints the median of five of Lighthouse's scores for a phone, and of the longest tasks of the main
// thread on a machine slowed four times, each with its goal.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { chromium } from "../tests/e2e/node_modules/playwright-core/index.mjs";
import { SMALLEST, serve } from "./serve.mjs";

const RUNS = 5;
const GOALS = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const LONGEST_MS = 200;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const { url, close } = await serve(process.argv[2] ?? "dist", 0, undefined, SMALLEST);
const repeated = async (measure) => {
  const results = [];
  for (let run = 0; run < RUNS; run += 1) results.push(await measure());
  return results;
};
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const line = (what, value, goal) => console.log(`  ${what.padEnd(44)} ${String(value).padStart(8)}${goal ? `   ${goal}` : ""}`);

async function lighthouse() {
  const args = [url, "--quiet", "--output=json", `--only-categories=${Object.keys(GOALS)}`, `--chrome-flags=--headless ${FLAGS.join(" ")}`];
  const { stdout } = await promisify(execFile)("lighthouse", args, { maxBuffer: 1 << 28, env: { ...process.env, CHROME_PATH: CHROMIUM } });
  return JSON.parse(stdout);
}
const reports = await repeated(lighthouse);
console.log("Lighthouse, a phone on slow 4G");
for (const [category, goal] of Object.entries(GOALS)) {
  const scores = reports.map((report) => Math.round(report.categories[category].score * 100));
  line(category, median(scores), `of ${goal}${new Set(scores).size > 1 ? `, from ${scores}` : ""}`);
}
for (const metric of ["first-contentful-paint", "largest-contentful-paint", "speed-index", "total-blocking-time", "cumulative-layout-shift"]) {
  const { title } = reports[0].audits[metric];
  const value = median(reports.map((report) => report.audits[metric].numericValue));
  line(title, metric.startsWith("cumulative") ? value.toFixed(3) : `${Math.round(value)} ms`);
}
const failed = Object.values(reports[0].audits).filter((audit) => audit.score === 0 && audit.scoreDisplayMode === "binary");
for (const audit of failed) console.log(`  ✗ ${audit.title}`);

const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

// The tasks of a first load that took over 50 ms, in milliseconds, the longest first.
async function longTasks(fragment, viewport) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: "longtask" });
  });
  await page.goto(url + fragment);
  await page.waitForSelector("html[data-ready]");
  await page.waitForTimeout(1000);
  const tasks = await page.evaluate(() => longTasks.sort((a, b) => b - a));
  await context.close();
  return tasks;
}
const WINDOWS = { phone: { width: 412, height: 823 }, desktop: { width: 1280, height: 900 } };
// What somebody may open first: what most do, and what has the most to do.
const OPENED = ["#/", "#/lab/tls13", "#/lab/tls13-mlkem", "#/lab/tls13+cert=rsa-2048?step=8", "#/lab/gateway-mtls", "#/race", "#/learn/your-first-handshake/3"];
console.log("tasks of the first load, four times slower");
for (const fragment of OPENED) {
  for (const [name, viewport] of Object.entries(WINDOWS)) {
    const all = await repeated(() => longTasks(fragment, viewport));
    const longest = all.map((tasks) => tasks[0] ?? 0);
    const beyond = all.map((tasks) => tasks.reduce((sum, task) => sum + task - 50, 0));
    line(`${fragment}, ${name}`, `${median(longest)} ms`, `at most ${LONGEST_MS} ms, from ${longest}; beyond 50 ms each ${median(beyond)} ms`);
  }
}
await browser.close();
close();
