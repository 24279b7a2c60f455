// What the sheets of exams and of lessons share: they are read on paper, and fit a narrow phone.

import assert from "node:assert/strict";
import { violations } from "./axe.mjs";
import { printed } from "./pdf.mjs";

/** The questions of the sheet. */
export const rows = (page) => page.locator("#main .sheet tbody tr");

/** Prints the sheet that is open, with a name on it: it has these texts, date, seed and link, and no buttons. */
export async function onPaper(page, seed, texts) {
  await page.getByLabel("Name").fill("Ada Example");
  const text = (await printed(page)).join(" ");
  for (const part of ["Ada Example", "Your answer", ...texts]) assert.ok(text.includes(part), `${part} in ${text}`);
  assert.match(text, /Date ?\d{4}-\d\d-\d\d/);
  assert.match(text, new RegExp(`Seed ?${seed}`));
  const link = await page.evaluate(() => location.href);
  assert.ok(text.replaceAll(/\s/g, "").includes(link.replaceAll(/\s/g, "")), "the link is on paper");
  for (const button of ["Choose questions", "Open the lesson"]) assert.ok(!text.includes(button), `${button} is printed`);
}

/** A window that is narrow, and tall enough that nothing stands under a bar. */
export const NARROW = { width: 320, height: 9000 };

/** Holds the sheet that is open in such a window to what fits and what everybody can use. */
export async function fitsNarrow(page) {
  await rows(page).first().waitFor();
  assert.deepEqual(await violations(page), []);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `the sheet is ${over} px wider than the window`);
}
