// Takes the pictures of the README from the built page: make screenshots

import { fileURLToPath } from "node:url";
import { chromium } from "../tests/e2e/node_modules/playwright-core/index.mjs";
import { serve } from "./serve.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const PICTURES = [
  { name: "lab", fragment: "#/lab/tls13?step=5&sel=0.1&panel=keys&key=handshake_secret", theme: "light" },
  { name: "race", fragment: "#/race", theme: "light" },
  { name: "diagnose", fragment: "#/break/diagnose/one-line/7", theme: "light" },
  { name: "certificates", fragment: "#/certificates/make/private-ca", theme: "light" },
  { name: "break-it", fragment: "#/lab/tls13+fault=cert-expired?step=8&panel=checks", theme: "dark" },
];

const { url, close } = await serve(at("dist"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
for (const { name, fragment, theme } of PICTURES) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(url + fragment);
  await page.waitForSelector("html[data-ready]");
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => !document.querySelector("#main [role=status].later, .lesson-loading"));
  await page.screenshot({ path: at(`docs/${name}.png`) });
  console.log(`docs/${name}.png`);
  await context.close();
}
await browser.close();
close();
