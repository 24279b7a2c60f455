// What the page tells of a run where a person would be misled otherwise: when its certificates hold, what
// arrived of what was changed on the path, and every choice with its control, in sight at every width.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { WIDTHS, go, settled, visit } from "./browser.mjs";
import { list } from "./program.mjs";

/** The runs that are looked at: every preset, and every fault. */
const RUNS = [...list("scenarios"), ...list("faults")].map((entry) => entry.id);

for (const [fragment, holds] of [["#/lab/tls13?step=7&panel=certificates", true], ["#/lab/cert-expired?step=7&panel=certificates", false], ["#/lab/client-clock-behind?step=7&panel=certificates", false]]) {
  test(`the chain that ${fragment} exports is judged by OpenSSL as the run judged it`, () =>
    visit({ fragment }, async (page) => {
      await page.keyboard.press("End");
      const chain = page.locator(".chain");
      await chain.locator(".command pre").waitFor();
      const command = await chain.locator(".command pre").innerText();
      const folder = mkdtempSync(join(tmpdir(), "handshake-lab-"));
      for (const name of ["chain.pem", "root.pem"]) {
        const [download] = await Promise.all([page.waitForEvent("download"), chain.getByRole("button", { name: `Download ${name}` }).click()]);
        await download.saveAs(join(folder, name));
      }
      let held = true;
      try {
        execFileSync("sh", ["-c", command], { cwd: folder, stdio: "pipe" });
      } catch {
        held = false;
      } finally {
        rmSync(folder, { recursive: true });
      }
      assert.match(command, /-attime \d+/);
      assert.equal(held, holds, command);
    }));
}

test("commands of a fault say the moment of the run, and follow its clock", () =>
  visit({ fragment: "#/lab/cert-expired+clock=2038-01-19T03:14:08Z" }, async (page) => {
    await page.getByRole("button", { name: "Check it yourself" }).click();
    const text = await page.locator("#finding-symptoms").innerText();
    assert.match(text, /takes place at 2038-01-19 03:14:08 UTC/);
    assert.match(text, /-attime 2147483648/);
    assert.match(text, /faketime '2038-01-19 03:14:08 UTC' curl/);
  }));

test("what arrived of a tampered record stands beside what was sent, with the changed bytes marked", () =>
  visit({ fragment: "#/lab/tampered-record" }, async (page) => {
    // The step that the fault is about: the one with the remark.
    const steps = await page.locator(".ladder .row").count();
    let found = false;
    for (let step = 0; step < steps && !found; step++) {
      found = (await page.locator(".arrived").count()) > 0;
      if (!found) await page.keyboard.press("ArrowRight");
    }
    assert.ok(found, "no step shows what arrived");
    for (const row of await page.locator(".arrived tbody tr").all()) {
      const [sent, received] = await row.locator("td").all();
      const marks = async (cell) => (await cell.locator("mark").allInnerTexts()).join(" ");
      assert.notEqual(await marks(sent), await marks(received));
      const rest = async (cell) => cell.evaluate((cell) => [...cell.childNodes].filter((node) => node.nodeName !== "MARK").map((node) => node.textContent).join(""));
      assert.equal(await rest(sent), await rest(received));
    }
  }));

test("a run where nothing was changed shows nothing as changed", () =>
  visit({ fragment: "#/lab/tls13?step=12&layer=record" }, async (page) => {
    await page.locator(".step h1").waitFor();
    assert.equal(await page.locator(".arrived").count(), 0);
  }));

test("every key of a scenario has a control, with its line of help", () =>
  visit({ fragment: "#/lab/tls13+seed=7+rtt-ms=20" }, async (page) => {
    await page.locator(".run-name").click();
    await page.locator(".setting label").first().waitFor();
    const labels = await page.locator(".setting label").allInnerTexts();
    for (const key of list("keys")) {
      assert.equal(labels.filter((label) => label === key.title).length, 1, `${key.id}: ${key.title}`);
      assert.ok((await page.locator(`#key-${key.id}-help`).innerText()).length > 10, key.id);
    }
  }));

test("what is run is chosen from lists with headings, that have all of it", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    const presets = list("scenarios").map((entry) => entry.id);
    const faults = list("faults").map((entry) => entry.title);
    const read = async (select) => {
      await select.waitFor();
      return select.evaluate((one) => ({
        headings: [...one.querySelectorAll("optgroup")].map((group) => group.label),
        values: [...one.querySelectorAll("optgroup > option")].map((option) => option.value),
        titles: [...one.querySelectorAll("optgroup > option")].map((option) => option.text),
        bare: one.querySelectorAll(":scope > option").length,
        chosen: one.value,
      }));
    };
    await page.locator(".run-name").click();
    const sheet = await read(page.locator("#key-handshake"));
    assert.deepEqual(sheet.values.toSorted(), presets.toSorted());
    assert.ok(sheet.headings.length > 3 && new Set(sheet.headings).size === sheet.headings.length, sheet.headings.join());
    assert.deepEqual([sheet.bare, sheet.chosen], [0, "tls13"]);
    await page.evaluate(() => { location.hash = "#/race/tls12/tls13"; });
    const lane = await read(page.getByRole("combobox", { name: "lane 1", exact: true }));
    assert.deepEqual([lane.values, lane.headings, lane.chosen], [sheet.values, sheet.headings, "tls12"]);
    await page.evaluate(() => { location.hash = "#/compare/tls12/cert-expired"; });
    const side = await read(page.getByRole("combobox", { name: "B", exact: true }));
    for (const title of faults) assert.ok(side.titles.includes(title), title);
    assert.equal(side.values.length, presets.length + faults.length);
    assert.deepEqual([side.bare, side.chosen], [0, "tls13+fault=cert-expired"]);
  }));

test("the clock is set in the sheet, and what is no moment is told there", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    await page.locator(".run-name").click();
    const clock = page.locator("#key-clock");
    await clock.fill("2038-01-19T03:14:08Z");
    await clock.press("Enter");
    await page.waitForFunction(() => location.hash.includes("clock=2038-01-19T03:14:08Z"));
    await clock.fill("tomorrow");
    await clock.press("Enter");
    await page.locator(".settings").getByText(/it cannot be "tomorrow"/).waitFor();
    assert.equal(await clock.inputValue(), "2038-01-19T03:14:08Z");
  }));

/** Opens each run, and hands it to `look` at each of these sizes, by what is said of one where it is wrong. */
const everyRun = (sizes, look) =>
  visit({}, async (page) => {
    for (const run of RUNS) {
      await go(page, `#/lab/${run}`);
      await settled(page);
      await page.waitForFunction(() => document.querySelector(".run-name b")?.innerText && document.querySelector(".phase"));
      for (const viewport of sizes) {
        await page.setViewportSize(viewport);
        await look(page, `${run} at ${viewport.width}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${run} at ${viewport.width}: ${wide} px too wide`);
      }
    }
  });

test("the run's bar is one row of 44 px and no tab is cut, whatever is run, at every width", () =>
  everyRun([...Object.values(WIDTHS), { width: 320, height: 640 }, { width: 1280, height: 720 }], async (page, at) => {
    const { height, outside, cut } = await page.evaluate(() => {
      const bar = document.querySelector(".run-bar");
      const boxes = [...bar.children].map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0);
      const cut = (tabs) => [...tabs.children].filter((tab) => tab.getBoundingClientRect().right > tabs.getBoundingClientRect().right + 1);
      return {
        height: bar.getBoundingClientRect().height,
        outside: boxes.filter((box) => box.right > innerWidth + 1).length,
        cut: [...document.querySelectorAll(".tabs")].flatMap(cut).map((tab) => tab.innerText),
      };
    });
    assert.ok(height <= 45, `${at}: the bar is ${height} px high`);
    assert.equal(outside, 0, `${at}: something of the bar is out of sight`);
    assert.deepEqual(cut, [], at);
  }));

test("from 360 pixels on each phase has its name, whatever is run", () =>
  everyRun([WIDTHS.phone.width, 561, 600, 650, 690].map((width) => ({ ...WIDTHS.phone, width })), async (page, at) => {
    const cut = await page.locator(".phase span").evaluateAll((names) =>
      names.filter((name) => name.innerText === "" || getComputedStyle(name).visibility !== "visible" || name.scrollWidth > name.clientWidth + 1).map((name) => name.textContent));
    assert.deepEqual(cut, [], at);
  }));
