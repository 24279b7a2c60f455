// The race: what each lane takes at each distance, by keyboard too, and what that comes to in a day.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tabTo, title, visit } from "./browser.mjs";

/** The figures at the lanes' ends, once there are as many lanes. */
async function figures(page, lanes) {
  await page.waitForFunction((count) => document.querySelectorAll(".lane-figures strong").length === count, lanes);
  return page.locator(".lane-figures strong").allInnerTexts();
}

// Round trips by theory, TCP's and the request's included; kept alive from the request.
const THEORY = { "tls12": 4, "tls13": 3, "tls13-0rtt": 2, "tls13-keepalive": 1 };
const words = (trips, rtt) => `${trips} round trip${trips === 1 ? "" : "s"}, ${trips * rtt >= 1000 ? `${(trips * rtt) / 1000} s` : `${trips * rtt} ms`}`;

for (const rtt of [20, 80, 200]) {
  test(`every lane takes what theory says at ${rtt} ms`, () =>
    visit({ fragment: `#/race/${Object.keys(THEORY).join(",")}?rtt=${rtt}` }, async (page) => {
      assert.deepEqual(await figures(page, 4), Object.values(THEORY).map((trips) => words(trips, rtt)));
      const parts = await page.locator(".lane-foot > span").allInnerTexts();
      assert.match(parts[0], /TCP 1 \+ TLS 2 \+ request 1, from the first SYN/);
      assert.match(parts[2], /TCP 1 \+ TLS 0 \+ request 1, from the first SYN/);
      assert.match(parts[3], /TCP 0 \+ TLS 0 \+ request 1, from the request/);
      // Drawn to scale: the second lane's parts end at three quarters of the first one's.
      const ends = await page.locator(".lane-track").evaluateAll((tracks) => tracks.map((track) => {
        const rails = track.querySelector(".rail").getBoundingClientRect();
        return rails.width / track.getBoundingClientRect().width;
      }));
      Object.values(THEORY).forEach((trips, at) => assert.ok(Math.abs(ends[at] - trips / 4) < 0.01, String(ends)));
    }));
}

test("a race is opened from the lab, and run by keyboard alone", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    await tabTo(page, page.getByRole("navigation", { name: "Views of the run" }).getByRole("link", { name: "Race" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Race", level: 1 }).waitFor();
    assert.deepEqual(await figures(page, 4), [4, 3, 2, 1].map((trips) => words(trips, 80)));
    await tabTo(page, page.getByRole("button", { name: "200 ms" }));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.hash.endsWith("rtt=200"));
    assert.deepEqual(await figures(page, 4), [4, 3, 2, 1].map((trips) => words(trips, 200)));
    await tabTo(page, page.getByRole("button", { name: "Remove lane 1" }));
    await page.keyboard.press("Enter");
    assert.deepEqual(await figures(page, 3), [3, 2, 1].map((trips) => words(trips, 200)));
    await tabTo(page, page.getByRole("combobox", { name: "lane 1", exact: true }));
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => location.hash.startsWith("#/race/tls12/"));
    await page.goBack();
    await page.waitForFunction(() => location.hash.startsWith("#/race/tls13/"));
    assert.deepEqual(await figures(page, 3), [3, 2, 1].map((trips) => words(trips, 200)));
  }));

test("two to four lanes, each with the way to its answer in the lab", () =>
  visit({ fragment: "#/race/tls12-ticket,tls13-0rtt-rejected?rtt=80" }, async (page) => {
    assert.deepEqual(await figures(page, 2), [words(3, 80), words(3, 80)]);
    assert.equal(await page.getByRole("button", { name: /Remove lane/ }).count(), 0);
    for (let lanes = 3; lanes <= 4; lanes += 1) {
      await page.getByRole("button", { name: "Add a lane" }).click();
      await figures(page, lanes);
    }
    assert.equal(await page.getByRole("button", { name: "Add a lane" }).count(), 0);
    await page.getByRole("link", { name: /See it in the lab/ }).nth(1).click();
    await page.waitForFunction(() => location.hash.startsWith("#/lab/tls13-0rtt-rejected"));
    assert.match(await title(page), /200 OK/);
  }));

test("the moment can be moved by hand", () =>
  visit({ fragment: "#/race" }, async (page) => {
    await figures(page, 4);
    const moment = page.getByLabel("moment");
    await moment.focus();
    await page.keyboard.press("Home");
    assert.match(await page.locator(".race-clock output").innerText(), /^0 ms$/);
    assert.equal(await page.locator(".lane-track .now").count(), 4);
    await page.keyboard.press("End");
    assert.match(await page.locator(".race-clock output").innerText(), /^320 ms$/);
    assert.equal(await page.locator(".lane-track .now").count(), 0);
  }));

test("the race plays once by itself where motion is welcome, above its lanes, and moves nothing else", () =>
  visit({ fragment: "#/race", reducedMotion: "no-preference" }, async (page) => {
    // A line straight down has no width, so it never counts as visible.
    await page.locator(".lane-track .now").first().waitFor({ state: "attached" });
    await figures(page, 4);
    const places = () => page.locator(".race-clock > *, .lane").evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const clock = await page.locator(".race-clock").boundingBox();
    assert.ok(clock.y + clock.height <= (await page.locator(".lane").first().boundingBox()).y);
    const playing = await places();
    await page.getByRole("button", { name: "Play" }).waitFor();
    assert.equal(await page.locator(".lane-track .now").count(), 0);
    assert.deepEqual(await places(), playing);
    // Once: another distance stands at its end.
    await page.getByRole("button", { name: "200 ms" }).click();
    await page.locator(".lane-figures strong", { hasText: "800 ms" }).first().waitFor();
    assert.equal(await page.locator(".lane-track .now").count(), 0);
    await page.getByRole("button", { name: "Play" }).click();
    await page.locator(".lane-track .now").first().waitFor({ state: "attached" });
  }));

test("without motion nothing plays, and a button goes from event to event", () =>
  visit({ fragment: "#/race/tls12/tls13?rtt=80" }, async (page) => {
    await figures(page, 2);
    assert.equal(await page.locator(".lane-track .now").count(), 0);
    assert.equal(await page.getByRole("button", { name: "Play" }).count(), 0);
    const seen = [];
    for (let press = 0; press < 9; press += 1) {
      await page.getByRole("button", { name: "Next event" }).click();
      seen.push(await page.locator(".race-clock output").innerText());
    }
    // A packet's way takes half a round trip; after the end it begins again.
    assert.deepEqual(seen, ["0 ms", "40 ms", "80 ms", "120 ms", "160 ms", "200 ms", "240 ms", "280 ms", "320 ms"]);
    await page.getByRole("button", { name: "Next event" }).click();
    assert.equal(await page.locator(".race-clock output").innerText(), "0 ms");
  }));

test("the fleet calculator shows its formula with the measured round trips put in", () =>
  visit({ fragment: "#/race/tls12,tls13?rtt=80&fleet=1.3,1000000,20,20,40" }, async (page) => {
    const numbers = page.locator(".formula .numbers");
    await numbers.first().waitFor();
    assert.deepEqual(await numbers.allInnerTexts(), [
      "= 1,000,000 × (20 % × (3 − 3) + 20 % × (3 − 2) + 40 % × (3 − 1)) = 1,000,000",
      "= 1,000,000 × 80 ms = 80,000 s",
    ]);
    assert.match(await page.locator(".fleet-result").innerText(), /saves 1,000,000 round trips.*80,000 seconds \(22 hours 13 minutes\)/);
    await page.getByRole("button", { name: "TLS 1.2", exact: true }).click();
    await page.getByText("= 1,000,000 × (20 % × (4 − 3) + 40 % × (4 − 1)) = 1,400,000").waitFor();
    await page.getByLabel("share kept alive, in percent").fill("90");
    await page.keyboard.press("Tab");
    await page.getByRole("alert").getByText("add up to 110 %").waitFor();
  }));

test("a lane that never gets an answer, and one that is no scenario, say so", () =>
  visit({ fragment: "#/race/cert-expired,nosuch,tls13?rtt=80" }, async (page) => {
    assert.deepEqual(await figures(page, 1), [words(3, 80)]);
    const failed = await page.locator(".lane-failed").allInnerTexts();
    assert.match(failed[0], /No application byte reached the client/);
    assert.match(failed[1], /nosuch/);
  }));
