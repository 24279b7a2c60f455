// The lab as a screen: what a person looks at is in the window, beside what they chose, at every size, on
// paper, before a room, and inside another page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, drawn, go, marked, octets, origin, placesOfBytes, settled, tabTo, title, turnTo, visit } from "./browser.mjs";
import { printed } from "./pdf.mjs";
import { list } from "./program.mjs";
import { SIZES } from "./sizes.mjs";

/** What stands in the element, without what is folded away. */
const unfolded = (locator) =>
  locator.evaluate((element) => {
    const copy = element.cloneNode(true);
    for (const folded of copy.querySelectorAll("details:not([open]) > :not(summary)")) folded.remove();
    return copy.textContent;
  });

/** Where the element is in the window. */
const box = (locator) => locator.evaluate((element) => element.getBoundingClientRect().toJSON());

for (const [name, viewport] of Object.entries(SIZES)) {
  test(`what a chosen field, byte or key is stands in the window, and not over it: ${name}`, () =>
    visit({ fragment: "#/lab/tls13?step=4&panel=keys", viewport }, async (page) => {
      /** Where the note is, which must be in the window and not under the player. */
      const stands = async (note, what) => {
        await note.waitFor();
        await drawn(page);
        const card = await box(note);
        const floor = (await box(page.locator(".scrubber"))).top;
        assert.ok(card.top >= 0 && card.bottom <= floor + 1, `${what}: the note is at ${card.top} to ${card.bottom}, the player at ${floor}`);
        assert.ok(card.height >= 60, `${what}: ${card.height} px of note`);
        return card;
      };
      const clear = async (chosen, note, what) => {
        // It scrolls clear once it has its final height.
        let card, row, behind;
        for (let looks = 0; behind !== false && looks < 20; looks += 1) {
          card = await stands(note, what);
          row = await box(chosen);
          behind = row.bottom > card.top + 1 && row.top < card.bottom - 1;
        }
        assert.ok(!behind, `${what}: ${row.top} to ${row.bottom} is behind the note at ${card.top} to ${card.bottom}`);
      };
      const seen = async (chosen, note, what) => {
        await chosen.scrollIntoViewIfNeeded();
        await chosen.click();
        await clear(chosen, note, what);
      };
      await turnTo(page, "Bytes");
      const field = page.getByRole("region", { name: "Selected field" });
      const rows = page.locator(".tree .field");
      const count = await rows.count();
      for (const at of [0, Math.floor(count / 2), count - 1]) await seen(rows.nth(at), field, `field ${at} of ${count}`);
      await field.getByRole("button", { name: "Close" }).click();
      await field.waitFor({ state: "detached" });
      await bytes(page).first().scrollIntoViewIfNeeded();
      // On a phone the page scrolls, and the player stands over its end.
      if (viewport.width < 560) await bytes(page).first().evaluate((line) => { line.scrollIntoView({ block: "start" }); scrollBy(0, -innerHeight / 3); });
      const { x, y } = (await placesOfBytes(page))[10];
      await page.mouse.click(x, y);
      await field.getByText("random").first().waitFor();
      await clear(page.locator(".hex [role=gridcell]:focus"), field, "a byte");
      await page.keyboard.press("Escape");
      await page.goto(page.url().replace(/#.*/, "#/lab/tls13?step=12&panel=keys"));
      const keys = page.locator(".key-tree .key:not(.off)");
      await keys.first().waitFor();
      const value = page.getByRole("region", { name: "Selected value" });
      for (const key of [keys.first(), keys.last()]) await seen(key, value, "a key");
    }));

  test(`the title of every kind of step stands near the top: ${name}`, () =>
    visit({ viewport }, async (page) => {
      for (const fragment of ["#/lab/tls13", "#/lab/tls13?step=5", "#/lab/cert-expired?step=8", "#/lab/tls12?step=6&panel=certificates"]) {
        await page.evaluate((to) => { location.hash = to; }, fragment);
        await page.locator(".step h1").waitFor();
        await drawn(page);
        const [bar, heading] = [await box(page.locator(".run-bar")), await box(page.locator(".step h1"))];
        assert.equal(bar.height, 44, fragment);
        assert.ok(heading.top - bar.bottom <= 20, `${fragment}: ${heading.top - bar.bottom} px below the bar`);
        assert.ok(heading.top <= (viewport.width > 900 ? 120 : 140), `${fragment}: ${heading.top} px`);
      }
    }));

  test(`every panel, layer and run stays in its window: ${name}`, () =>
    visit({ viewport }, async (page) => {
      const panels = ["keys", "certificates", "checks", "errors", "transcript", "tcp", "knows"];
      const views = panels.map((panel) => `#/lab/tls13-mtls?step=14&panel=${panel}`);
      views.push("#/lab/tls13", "#/lab/cert-expired", "#/lab/cert-expired?step=9&sel=0", "#/lab/tls13?step=99", "#/lab/tls13?step=4&layer=packet&zoom=tcp", "#/lab/gateway-mtls?step=9");
      for (const view of views) {
        await page.evaluate((to) => { location.hash = to; }, view);
        await page.waitForFunction(() => document.querySelector(".step h1") && !document.querySelector("p.later, div.later"));
        await drawn(page);
        const over = await page.evaluate(() => ({ x: document.documentElement.scrollWidth - innerWidth, y: document.documentElement.scrollHeight - innerHeight }));
        assert.ok(over.x <= 0, `${view} is ${over.x} px too wide`);
        if (viewport.width > 900) {
          assert.equal(over.y, 0, `${view} scrolls the page`);
          await page.mouse.move(viewport.width / 2, 400);
          await page.mouse.wheel(0, 900);
          await page.mouse.move(viewport.width / 2, viewport.height - 20);
          await page.mouse.wheel(0, 900);
          assert.equal(await page.evaluate(() => scrollY), 0, view);
        }
      }
    }));
}

test("from 320 px on, and at twice the size, nothing is wider than the window", () =>
  visit({}, async (page) => {
    for (const view of ["#/lab/tls13", "#/lab/tls13?step=5&sel=0.1", "#/lab/cert-expired?step=9&panel=checks", "#/lab/tls12?step=12&panel=keys&key=main_secret", "#/lab/tls13?step=13"]) {
      await go(page, view);
      await page.locator(".step h1").waitFor();
      for (const viewport of [{ width: 320, height: 568 }, { width: 480, height: 800 }, { width: 640, height: 360 }, { width: 720, height: 450 }, { width: 904, height: 600 }]) {
        await page.setViewportSize(viewport);
        await drawn(page);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${view} at ${viewport.width}: ${over} px too wide`);
      }
    }
  }));

test("the connection as a whole says who, what and how long, and leads on", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    const story = await page.locator(".step .story").first().innerText();
    for (const said of [/client at 192\.0\.2\.1/, /packets were sent in \d+ ms/, /TLS 1\.3 with TLS_/, /GET \/ and 200 OK/, /Whoever records the packets learns who talks to whom/]) assert.match(story, said);
    assert.equal(await page.locator(".told li").count(), await page.locator(".ladder .row").count());
    await page.getByRole("button", { name: "See it as an eavesdropper" }).click();
    await page.locator("details").getByText("What really happened").waitFor();
    assert.doesNotMatch(await unfolded(page.locator(".step")), /GET \/|200 OK/);
    await page.keyboard.press("End");
    await page.getByText("That was the whole connection").waitFor();
    await page.locator(".row-whole").click();
    assert.equal(await title(page), "The whole connection");
    await page.keyboard.press("ArrowRight");
    assert.equal(await title(page), "SYN");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await title(page), "The whole connection");
  }));

test("every run is told as a whole", () =>
  visit({}, async (page) => {
    for (const { id } of [...list("scenarios"), ...list("faults")]) {
      await page.evaluate((run) => { location.hash = `#/lab/${run}`; }, id);
      await page.waitForFunction((run) => location.hash.includes(run) && document.querySelectorAll(".step .story p").length >= 4, id);
    }
  }));

test("an eavesdropper of a failed run sees nothing of why", () =>
  visit({ fragment: "#/lab/cert-expired?as=eavesdropper" }, async (page) => {
    await page.locator(".finding.broken").waitFor();
    for (let step = 0; step < 14; step += 1) {
      const seen = await unfolded(page.locator(".stage"));
      assert.doesNotMatch(seen, /certificate_expired|noticed|goes another way|holds \d+ messages/, await title(page));
      await page.keyboard.press("ArrowRight");
    }
    await page.keyboard.press("c");
    await page.locator(".parting").getByText("the client noticed").waitFor();
  }));

test("who noticed stands where it does: above its alert, and not where the run first differs", () =>
  visit({ fragment: "#/lab/tls13+fault=client-cert-missing" }, async (page) => {
    await page.locator(".parting").nth(1).waitFor();
    const lines = (await page.locator(".ladder > li").allInnerTexts()).map((line) => line.replace(/\s+/g, " "));
    const at = (text) => lines.findIndex((line) => line.includes(text));
    assert.ok(at("goes another way than the good run") >= 0);
    assert.ok(at("goes another way than the good run") < at("the server noticed"), lines.join("\n"));
    assert.equal(at("the server noticed") + 1, at("certificate_required"), lines.join("\n"));
  }));

test("nothing of a certificate that was refused is green", () =>
  visit({ fragment: "#/lab/hostname-mismatch?step=99&panel=certificates" }, async (page) => {
    const card = page.locator(".certificate").first();
    await card.getByText("in date").waitFor();
    assert.equal(await page.locator(".certificate .ok").count(), 0);
    await page.goto(page.url().replace(/#.*/, "#/lab/tls13?step=99&panel=certificates"));
    await page.locator(".certificate .ok").first().waitFor();
  }));

test("the panel follows the step until a person chooses one", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    const shown = () => page.locator(".side [role=tab][aria-selected=true]").innerText();
    const wanted = { "The whole connection": "Knows", SYN: "TCP", ClientHello: "Keys", Certificate: "Certificates", CertificateVerify: "Checks", "GET /": "Knows", FIN: "TCP" };
    for (let step = 0; step < 20; step += 1) {
      await drawn(page);
      const panel = wanted[await title(page)];
      if (panel) assert.equal(await shown(), panel, await title(page));
      await page.keyboard.press("ArrowRight");
    }
    await page.getByRole("tab", { name: "Transcript" }).click();
    // In the row of tabs, Home goes to the first tab.
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Home");
    await drawn(page);
    assert.equal(await shown(), "Transcript");
    assert.match(page.url(), /panel=transcript/);
    await page.getByRole("button", { name: "Follow the step" }).click();
    assert.equal(await shown(), "TCP");
  }));

test("each check says its place in the order in which they were made, up to the first that failed", () =>
  visit({ fragment: "#/lab/hostname-mismatch?step=9&panel=checks" }, async (page) => {
    await page.locator(".checks li").first().waitFor();
    const checks = (await page.locator(".checks li").allInnerTexts()).map((text) => {
      const [, place, count] = text.match(/Check (\d+) of (\d+), by the (?:client|server)/);
      return { place: Number(place), count: Number(count), sign: text.trim()[0] };
    });
    const made = checks.toSorted((one, other) => one.place - other.place);
    assert.deepEqual(made.map(({ place }) => place), made.map((_, at) => at + 1));
    assert.ok(made.every(({ place, count }) => place <= count));
    const failed = made.findIndex(({ sign }) => sign === "✕");
    assert.ok(failed > 0 && made.slice(0, failed).every(({ sign }) => sign === "✓"), JSON.stringify(made));
    assert.ok(made.slice(failed + 1).every(({ sign }) => sign === "–"), JSON.stringify(made));
  }));

test("of a failed run the checks are shown, what failed first", () =>
  visit({ fragment: "#/lab/cert-expired" }, async (page) => {
    assert.equal(await page.locator(".side [role=tab][aria-selected=true]").innerText(), "Checks");
    await page.locator(".checks li").first().waitFor();
    assert.match(await page.locator(".checks li").first().innerText(), /✕/);
    assert.equal(await page.locator(".checks .sign.bad").count(), 1);
  }));

test("another version keeps the message", () =>
  visit({ fragment: "#/lab/tls13?step=1" }, async (page) => {
    const version = page.getByRole("combobox", { name: "version", exact: true });
    for (const message of ["ServerHello", "Certificate", "GET /"]) {
      await page.locator(".ladder a", { hasText: message }).first().click();
      await page.locator(".run-name").click();
      for (const other of ["1.2", "1.3"]) {
        await version.selectOption(other);
        await page.waitForFunction((other) => (location.hash.includes("version=1.2") ? "1.2" : "1.3") === other, other);
        assert.equal(await title(page), message, other);
      }
      await page.keyboard.press("Escape");
    }
  }));

test("another seed says what it changed of the step", () =>
  visit({ fragment: "#/lab/tls13?step=4" }, async (page) => {
    await page.getByRole("button", { name: "New random values" }).click();
    const said = page.locator(".reseeded");
    await said.waitFor();
    assert.match(await said.innerText(), /^Seed 42 → \d+: \d+ of \d+ fields have other values: random, /);
    await said.getByRole("button", { name: "Close" }).click();
    await said.waitFor({ state: "detached" });
  }));

test("a request is shown as the text that it is, to those who have the keys", () =>
  visit({ fragment: "#/lab/tls13?step=1" }, async (page) => {
    await page.locator(".ladder a", { hasText: "GET /" }).first().click();
    const text = page.getByRole("region", { name: "The message as text" });
    const lines = (await text.locator("pre").innerText()).split("\n");
    assert.equal(lines[0], "GET / HTTP/1.1");
    assert.ok(lines.some((line) => line.startsWith("Host: ")));
    const sent = Buffer.from(await octets(page), "hex").toString("latin1");
    assert.equal(sent.trimEnd().replaceAll("\r\n", "\n"), lines.join("\n"));
    await page.keyboard.press("e");
    await text.waitFor({ state: "detached" });
  }));

test("the name of a field in the story lights its bytes, and shows what it is", () =>
  visit({ fragment: "#/lab/tls13?step=5" }, async (page) => {
    const link = page.locator(".story .field-link").first();
    const name = await link.innerText();
    await link.focus();
    assert.ok((await marked(page, "lit")).length > 0, name);
    await page.locator(`.tree .lit .name`, { hasText: name }).waitFor();
    await page.keyboard.press("Enter");
    assert.ok((await page.getByRole("region", { name: "Selected field" }).innerText()).includes(name));
    assert.ok((await marked(page, "m")).length > 0, name);
  }));

test("before a room: ladder and story alone, large, by the arrow keys, until Escape", () =>
  visit({ fragment: "#/lab/tls13?step=4", viewport: SIZES.projector }, async (page) => {
    const size = () => page.locator(".story p").first().evaluate((p) => parseFloat(getComputedStyle(p).fontSize) * (p.currentCSSZoom ?? 1));
    const before = await size();
    await page.keyboard.press("p");
    for (const gone of [".top", ".run-bar", ".side", ".inspect"]) await page.locator(gone).first().waitFor({ state: "hidden" });
    assert.ok((await size()) >= before * 1.4);
    await page.locator(".ladder .row.present").waitFor();
    await page.keyboard.press("ArrowRight");
    assert.equal(await title(page), "ServerHello");
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    await page.keyboard.press("Escape");
    await page.locator(".run-bar").waitFor();
  }));

for (const theme of ["light", "dark"]) {
  test(`a step is printed whole and light, with the run's name and seed at the foot: ${theme}`, () =>
    visit({ fragment: "#/lab/tls13+seed=7?step=5&panel=keys", theme }, async (page) => {
      const pages = await printed(page);
      const all = pages.join(" ");
      for (const text of ["ServerHello", "cipher_suite", "supported_versions", "CertificateVerify"]) assert.ok(all.includes(text), `${text} in ${all}`);
      for (const control of ["Next →", "Compare", "Export", "see as", "Break this"]) assert.ok(!all.includes(control), `${control} is printed`);
      for (const text of pages) assert.match(text, /TLS 1\.3 · seed 7/);
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--ink")), "#1c1e22");
    }));
}

test("a run is printed with all of its steps, each told", () =>
  visit({ fragment: "#/lab/tls12" }, async (page) => {
    const told = await page.locator(".told li").allInnerTexts();
    const all = (await printed(page)).join(" ").replace(/\s+/g, "");
    for (const step of told) assert.ok(all.includes(step.replace(/\s+/g, "").slice(0, 60)), step);
    assert.ok(all.includes("Thewholeconnection") && all.includes("seed42"));
  }));

for (const viewport of [{ width: 800, height: 450 }, { width: 640, height: 360 }, { width: 400, height: 600 }]) {
  test(`inside another page, at ${viewport.width} by ${viewport.height}, the ladder comes first, with a name and the way to the page`, () =>
    visit({ fragment: "#/lab/tls13?step=5&embed", viewport }, async (page) => {
      const ladder = await box(page.locator(".ladder .row.present"));
      assert.ok(ladder.top >= 0 && ladder.bottom <= viewport.height && ladder.left >= 0, JSON.stringify(ladder));
      const story = await box(page.locator(".step h1"));
      if (viewport.width > 500) assert.ok(story.left > ladder.left && story.bottom <= viewport.height, JSON.stringify(story));
      const link = page.getByRole("link", { name: /Open in Handshake Lab/ });
      assert.match(await link.getAttribute("href"), /#\/lab\/tls13\?step=5$/);
      assert.match(await page.locator(".embed-name").innerText(), /TLS 1\.3/);
      assert.equal(await page.locator(".next-things").count(), 0);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
    }));

  test(`inside another page, at ${viewport.width} by ${viewport.height}, a panel that the link names is in sight`, () =>
    visit({ fragment: "#/lab/tls13?step=7&panel=certificates&embed", viewport }, async (page) => {
      const tabs = await box(page.locator(".side .tabs"));
      assert.ok(tabs.top >= 0 && tabs.bottom <= viewport.height && tabs.left < viewport.width, JSON.stringify(tabs));
      assert.ok((await box(page.locator(".step h1"))).top > tabs.top);
    }));
}

test("on a phone the player says the step in full, as its bar stays where it is", () =>
  visit({ fragment: "#/lab/tls13", viewport: SIZES.phone }, async (page) => {
    const place = page.locator(".scrubber .place");
    const seen = [];
    let before;
    for (const _ of await page.locator(".ladder .row").all()) {
      await page.getByRole("button", { name: /^Next/ }).click();
      const [text, cut] = await place.evaluate((one) => [one.innerText, one.scrollWidth > one.clientWidth]);
      assert.ok(!cut, text);
      seen.push(text);
      const bar = JSON.stringify(await page.locator(".scrubber").boundingBox());
      assert.equal(bar, before ??= bar);
    }
    assert.ok(seen.some((text) => /^\d+ of \d+ · CertificateVerify$/.test(text)), seen.join(" | "));
  }));

/** The parts of the lab that a narrow window shows one at a time, and what is seen of each alone. */
const PARTS = { Step: ".step .story > p", Sequence: ".ladder", Bytes: ".step .inspect", Panels: ".panel" };
const NARROW = { width: 320, height: 568 };

/** The parts that are seen. */
const inFront = async (page) => {
  const seen = await Promise.all(Object.values(PARTS).map((part) => page.locator(part).first().isVisible()));
  return Object.keys(PARTS).filter((_, at) => seen[at]);
};

/** The tab of the part in front. */
const frontTab = (page) => page.locator(".fronts [aria-selected=true]");

// Links inside a sentence are as high as its lines (WCAG 2.2, 2.5.8, exception "inline").
test("on a touch screen what is hit is 44 px high, or a row of at least 24", () =>
  visit({ fragment: "#/lab/tls13?step=5&sel=0.1", viewport: SIZES.phone, hasTouch: true }, async (page) => {
    for (const part of Object.keys(PARTS)) {
      await turnTo(page, part);
      const small = await page.locator(".lab :is(button, a, select, [role=treeitem])").evaluateAll((all) =>
        all.map((one) => [one, one.getBoundingClientRect()]).filter(([one, { width, height }]) => width > 1 && height > 1 && getComputedStyle(one).display !== "inline" && !one.matches(".field-link"))
          .filter(([one, { height }]) => height < (one.matches("[role=treeitem], .row, .row-whole, .link, .key, .phase") ? 24 : 44))
          .map(([one, { height }]) => `${one.className} ${one.innerText}: ${height}`));
      assert.deepEqual(small, [], part);
    }
  }));

for (const [name, viewport] of Object.entries({ narrow: NARROW, phone: SIZES.phone })) {
  test(`each part of the lab is shown alone below the step's title, and the next step keeps it: ${name}`, () =>
    visit({ fragment: "#/lab/tls13?step=4", viewport }, async (page) => {
      assert.deepEqual(await inFront(page), ["Step"]);
      for (const part of Object.keys(PARTS)) {
        await turnTo(page, part);
        await page.locator(PARTS[part]).first().waitFor();
        assert.equal(await frontTab(page).innerText(), part);
        await page.evaluate(() => scrollTo(0, 1e6));
        const tabs = await box(page.locator(".fronts"));
        assert.ok(tabs.top >= -1, `${part}: the tabs are out of sight, at ${tabs.top}`);
        const before = await title(page);
        await page.getByRole("button", { name: /^Next/ }).click();
        await page.waitForFunction((before) => document.querySelector(".step h1").innerText !== before, before);
        await settled(page);
        await drawn(page);
        assert.deepEqual(await inFront(page), [part]);
        const { wide, floor, row, heading, cut } = await page.evaluate(() => {
          const box = (selector) => document.querySelector(selector).getBoundingClientRect();
          return {
            wide: document.documentElement.scrollWidth - innerWidth,
            floor: box(".scrubber").top,
            row: box(".ladder .present").toJSON(),
            heading: box(".step h1").top,
            cut: [...document.querySelectorAll(".fronts button")].filter((tab) => tab.scrollWidth > tab.clientWidth || tab.getBoundingClientRect().right > innerWidth || tab.getBoundingClientRect().height < 44).map((tab) => tab.innerText),
          };
        });
        assert.ok(wide <= 0, `${part}: ${wide} px too wide`);
        assert.deepEqual(cut, [], part);
        // The ladder is shown where its step is; all else from its top.
        if (part === "Sequence") assert.ok(row.top > 0 && row.bottom <= floor, JSON.stringify([row, floor]));
        else assert.ok(heading >= 0 && heading <= 140, `${part}: the title is at ${heading}`);
      }
    }));
}

for (const [name, viewport] of Object.entries({ desktop: SIZES.desktop, tablet: SIZES.tablet })) {
  test(`where there is room all parts are shown, without tabs for them: ${name}`, () =>
    visit({ fragment: "#/lab/tls13?step=5", viewport }, async (page) => {
      await page.locator(PARTS.Bytes).first().waitFor();
      await page.locator(PARTS.Panels).waitFor();
      assert.deepEqual(await inFront(page), Object.keys(PARTS));
      assert.equal(await page.locator(".fronts").isVisible(), false);
      assert.equal(await page.locator("p.raw").isVisible(), false);
    }));
}

test("on a phone what a link is about comes to the front", () =>
  visit({ viewport: SIZES.phone }, async (page) => {
    const links = {
      "#/lab/tls13?step=5": "Step",
      "#/lab/tls13?step=5&sel=0.1": "Bytes",
      "#/lab/tls13?step=5&layer=record": "Bytes",
      "#/lab/tls13?step=12&panel=keys": "Panels",
      "#/lab/tls12?step=12&panel=keys&key=main_secret": "Panels",
      "#/lab/cert-expired?panel=errors": "Panels",
      "#/lab/cert-expired": "Step",
    };
    for (const [link, part] of Object.entries(links)) {
      await page.evaluate((to) => { location.hash = to; }, link);
      await page.locator(".step h1").waitFor();
      await settled(page);
      assert.deepEqual(await inFront(page), [part], link);
    }
    // Loaded again, too, though the browser then takes the address for the page’s own.
    await page.goto(page.url().replace(/#.*/, "#/lab/tls13?step=5&sel=0.1"));
    await page.reload();
    await page.locator(PARTS.Bytes).first().waitFor();
    assert.deepEqual(await inFront(page), ["Bytes"]);
  }));

test("on a phone an arrow leads to its step, the name of a field to its bytes, and a panel's link to its step", () =>
  visit({ fragment: "#/lab/tls13?step=1", viewport: SIZES.phone }, async (page) => {
    const leadsTo = async (part) => {
      await page.locator(PARTS[part]).first().waitFor();
      assert.deepEqual(await inFront(page), [part]);
    };
    await turnTo(page, "Sequence");
    await page.locator(".ladder a", { hasText: "ServerHello" }).first().click();
    await leadsTo("Step");
    assert.equal(await title(page), "ServerHello");
    const name = page.locator(".story .field-link").first();
    const field = await name.innerText();
    await name.click();
    await leadsTo("Bytes");
    assert.ok((await page.getByRole("region", { name: "Selected field" }).innerText()).includes(field));
    assert.ok((await marked(page, "m")).length > 0, field);
    await turnTo(page, "Step");
    assert.equal(await page.getByRole("region", { name: "Selected field" }).count(), 0, "the note stands with the bytes");
    await page.locator(".carriers button").first().click();
    await leadsTo("Bytes");
    await turnTo(page, "Sequence");
    await page.getByRole("link", { name: "The whole connection" }).click();
    await leadsTo("Step");
    await turnTo(page, "Bytes");
    await page.getByText("Each step has bytes of its own").waitFor();
    await page.goto(page.url().replace(/#.*/, "#/lab/cert-expired?panel=errors"));
    await page.locator(".report button", { hasText: /^step / }).first().click();
    await leadsTo("Step");
  }));

test("on a phone the parts are chosen by keyboard, with one stop of the Tab key", () =>
  visit({ fragment: "#/lab/tls13?step=5", viewport: SIZES.phone }, async (page) => {
    await page.locator(PARTS.Step).first().waitFor();
    assert.equal(await page.locator(".fronts [tabindex='0']").count(), 1);
    await tabTo(page, frontTab(page));
    for (const [key, part] of [["ArrowRight", "Sequence"], ["ArrowRight", "Bytes"], ["End", "Panels"], ["ArrowRight", "Step"], ["ArrowLeft", "Panels"], ["Home", "Step"]]) {
      await page.keyboard.press(key);
      await page.locator(PARTS[part]).first().waitFor();
      assert.deepEqual(await inFront(page), [part], key);
      const [focused, controlled] = await page.evaluate(() => [document.activeElement.innerText, document.getElementById(document.activeElement.getAttribute("aria-controls"))?.checkVisibility()]);
      assert.equal(focused, part);
      assert.ok(controlled, `the section of ${part} is shown`);
    }
  }));

test("on a phone each part stays as far down as it was left, until the step changes", () =>
  visit({ fragment: "#/lab/tls13", viewport: SIZES.phone }, async (page) => {
    await page.locator(".told li").last().waitFor();
    await settled(page);
    const at = (y) => page.waitForFunction((y) => Math.abs(scrollY - y) < 2, y);
    // Playwright's own click would scroll what is sticky to where it came from.
    const turn = (part) => page.locator(`#tab-${part}`).dispatchEvent("click");
    await page.evaluate(() => scrollTo(0, 400));
    await turn("panels");
    await at(0);
    await turn("step");
    await at(400);
    await page.getByRole("button", { name: /^Next/ }).click();
    await at(0);
  }));

test("on a phone all parts of a step are printed, whichever is in front", () =>
  visit({ fragment: "#/lab/tls13+seed=7?step=5&panel=keys", viewport: SIZES.phone }, async (page) => {
    assert.deepEqual(await inFront(page), ["Panels"]);
    const all = (await printed(page)).join(" ");
    for (const text of ["ServerHello", "cipher_suite", "CertificateVerify"]) assert.ok(all.includes(text), `${text} in ${all}`);
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await inFront(page), Object.keys(PARTS));
  }));

test("on a phone the whole lab of a lesson has no tabs for its parts, nor has a frame", () =>
  visit({ fragment: "#/learn/your-first-handshake/5", viewport: SIZES.phone }, async (page) => {
    await page.getByRole("button", { name: "Whole lab" }).click();
    await page.locator(PARTS.Bytes).first().waitFor();
    assert.ok((await inFront(page)).length > 2);
    assert.equal(await page.locator(".fronts").count(), 0);
    await page.goto("about:blank");
    await page.goto(`${origin()}#/lab/tls13?step=5&embed`);
    await page.locator(PARTS.Bytes).first().waitFor();
    assert.deepEqual(await inFront(page), Object.keys(PARTS));
    assert.equal(await page.locator(".fronts").count(), 0);
  }));

test("the arrow of the chosen step moves once, and not for those who want no motion", async () => {
  for (const reducedMotion of ["no-preference", "reduce"]) {
    await visit({ fragment: "#/lab/tls13?step=4", reducedMotion }, async (page) => {
      const name = await page.locator(".row.present .wire").evaluate((wire) => getComputedStyle(wire, "::after").animationName);
      assert.equal(name, reducedMotion === "reduce" ? "none" : "travel");
    });
  }
});
