// Times the stages in Chromium, built as the page is: node benches/browser/run.mjs DIR
// DIR holds wasm-bindgen's output for the bin handshake-lab-bench. Prints the median of each.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "../../tests/e2e/node_modules/playwright-core/index.mjs";
import { serve } from "../../scripts/serve.mjs";

const dir = process.argv[2];
writeFileSync(join(dir, "index.html"), "<!doctype html><title>bench</title>");
const { url, close } = await serve(dir);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage();
await page.goto(url);
const results = await page.evaluate(async () => {
  const bench = await import("./handshake-lab-bench.js");
  await bench.default();
  const stages = bench.stages().split("\n");
  return bench.scenarios().split("\n").map((scenario, s) => {
    const prepared = new bench.Prepared(s);
    const medians = stages.map((name, index) => {
      const times = Array.from({ length: 41 }, () => {
        const start = performance.now();
        prepared.stage(index);
        return performance.now() - start;
      });
      return [name, times.sort((a, b) => a - b)[20]];
    });
    return [scenario, medians];
  });
});
for (const [scenario, medians] of results) {
  console.log(scenario);
  for (const [name, ms] of medians) console.log(`  ${name.padEnd(26)} ${ms.toFixed(2).padStart(8)} ms`);
}
await browser.close();
close();
