// The frame around the screens: places, home, addresses, titles, focus, search and help.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { altered } from "./altered.mjs";
import { WIDTHS, settled, still, tabTo, title, visit } from "./browser.mjs";

/** An address of each kind of screen, with the heading that it has. */
const SCREENS = {
  "#/": "What happens before the padlock",
  "#/lab/tls13?step=5": "ServerHello",
  "#/lab/gateway-terminate": "The whole connection",
  "#/compare": "Compare two runs",
  "#/race": "Race",
  "#/stolen-key": "The stolen key",
  "#/break": "Break & fix",
  "#/break/cert-expired": "certificate_expired",
  "#/break/diagnose": "Diagnose",
  "#/certificates": "Certificates",
  "#/certificates/make/private-ca": "Certificates",
  "#/learn": "Lessons",
  "#/learn/your-first-handshake/3": "Your first handshake",
};
const FILLS = Object.keys(SCREENS).filter((fragment) => /^#\/(lab|break\/(?!diagnose)|learn\/)/.test(fragment));

const hash = (page) => page.evaluate(() => location.hash);
const open = (page, fragment) => page.evaluate((to) => { location.hash = to; }, fragment);
const heading = (page, name) => page.locator("#main").getByRole("heading", { level: 1, name, exact: true });
const places = (page) => page.getByRole("navigation", { name: "Main" });
const views = (page) => page.getByRole("navigation", { name: "Views of the run" });

test("every screen has a heading and a title of its own", () =>
  visit({}, async (page) => {
    const titles = new Set();
    for (const [fragment, name] of Object.entries(SCREENS)) {
      await open(page, fragment);
      await heading(page, name).waitFor();
      await page.waitForTimeout(50);
      titles.add(await page.title());
    }
    assert.equal(titles.size, Object.keys(SCREENS).length, [...titles].join(" | "));
    for (const one of titles) assert.match(one, /Handshake Lab/);
  }));

test("the title names step, run and screen, and an encrypted record as that for an eavesdropper", () =>
  visit({ fragment: "#/lab/tls13?step=5" }, async (page) => {
    const is = (text) => page.waitForFunction((text) => document.title === text, text);
    await is("ServerHello · TLS 1.3 · Handshake Lab");
    await page.keyboard.press("End");
    await page.waitForFunction(() => !document.title.startsWith("ServerHello"));
    await open(page, "#/lab/tls13?step=8&as=eavesdropper");
    await is("Encrypted record · TLS 1.3 · Handshake Lab");
    await open(page, "#/compare/tls12/tls13");
    await is("TLS 1.2 and TLS 1.3 · Compare · Handshake Lab");
    await open(page, "#/learn/your-first-handshake/2");
    await is("page 2 · Your first handshake · Handshake Lab");
  }));

test("the focus goes to the heading of each screen that is gone to, and stays where it was at the start", () =>
  visit({}, async (page) => {
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
    for (const [fragment, name] of Object.entries(SCREENS).slice(1)) {
      await open(page, fragment);
      await heading(page, name).waitFor();
      await page.waitForFunction((name) => document.activeElement.matches("#main .page-title") || (document.activeElement.matches("#main h1") && document.activeElement.innerText === name), name).catch(async () =>
        assert.fail(`${fragment}: the focus is on ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 80))}`));
    }
  }));

for (const [name, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, low: { width: 1280, height: 720 } })) {
  test(`no screen that fills the window scrolls the document, ${name}`, () =>
    visit({ viewport }, async (page) => {
      for (const fragment of [...FILLS, "#/lab/tls13-mtls?step=14&panel=checks", "#/lab/tls13?step=5&sel=0.1"]) {
        await open(page, fragment);
        await settled(page);
        const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
        assert.ok(over <= 0, `${fragment}: ${over} px`);
      }
    }));
}

test("nothing is wider than the window, from 320 to 1920 pixels, on every screen", () =>
  visit({ viewport: { width: 1920, height: 1000 } }, async (page) => {
    const wrong = [];
    for (const fragment of Object.keys(SCREENS)) {
      await open(page, fragment);
      await settled(page);
      for (const width of [320, 360, 480, 561, 640, 641, 700, 760, 820, 900, 901, 1024, 1240, 1366, 1440, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) wrong.push(`${fragment} at ${width}: ${over} px`);
      }
    }
    assert.deepEqual(wrong, []);
  }));

test("a tab returns to where one was, and to the root of its place from there", () =>
  visit({ fragment: "#/lab/tls12?step=7" }, async (page) => {
    await places(page).getByRole("link", { name: "Learn" }).click();
    await heading(page, "Lessons").waitFor();
    await places(page).getByRole("link", { name: "Lab" }).click();
    await page.waitForFunction(() => location.hash === "#/lab/tls12?step=7");
    await open(page, "#/break/cert-expired?step=9");
    await places(page).getByRole("link", { name: "Lab" }).click();
    await places(page).getByRole("link", { name: "Break & fix" }).click();
    await page.waitForFunction(() => location.hash === "#/break/cert-expired?step=9");
    await places(page).getByRole("link", { name: "Break & fix" }).click();
    await heading(page, "Break & fix").waitFor();
    await page.getByRole("link", { name: "Handshake Lab" }).click();
    await heading(page, SCREENS["#/"]).waitFor();
  }));

test("the run goes along from view to view, and is found where it was left", () =>
  visit({ fragment: "#/lab/tls12-mtls?step=7" }, async (page) => {
    const look = (name) => views(page).getByRole("link", { name, exact: true });
    await look("Compare").click();
    await page.waitForFunction(() => location.hash.startsWith("#/compare/tls12-mtls"));
    assert.equal(await look("Compare").getAttribute("aria-current"), "true");
    await look("Race").click();
    await page.waitForFunction(() => location.hash.startsWith("#/race/tls12-mtls/"));
    await look("Stolen key").click();
    await page.waitForFunction(() => location.hash.startsWith("#/stolen-key/tls12-mtls"));
    await look("Connection").click();
    await page.waitForFunction(() => location.hash === "#/lab/tls12-mtls?step=7");
    await look("Gateway").click();
    await page.locator(".topology").waitFor();
    assert.equal(await look("Gateway").getAttribute("aria-current"), "true");
    await look("Connection").click();
    await page.waitForFunction(() => location.hash === "#/lab/tls12-mtls?step=7");
  }));

test("who came from a lesson finds the way back, until they close it", () =>
  visit({ fragment: "#/learn/your-first-handshake/5" }, async (page) => {
    await page.getByText("Your first handshake").first().waitFor();
    const from = await hash(page);
    await open(page, "#/lab/tls13?step=5");
    const back = page.getByRole("link", { name: "← Your first handshake, page 5" });
    await views(page).getByRole("link", { name: "Race" }).click();
    await back.click();
    await page.waitForFunction((from) => location.hash.split("?")[0] === from.split("?")[0], from);
    await open(page, "#/lab/tls13?step=5");
    await page.getByRole("button", { name: "Forget the way back" }).click();
    assert.equal(await back.count(), 0);
  }));

test("on a phone the places are at the bottom of the window, above nothing that is needed", () =>
  visit({ viewport: WIDTHS.phone, fragment: "#/lab/tls13" }, async (page) => {
    for (const fragment of ["#/lab/tls13?step=5", "#/break", "#/"]) {
      await open(page, fragment);
      await settled(page);
      await page.evaluate(() => scrollTo(0, 1e6));
      const boxes = await page.evaluate(() => {
        const bar = document.querySelector(".places").getBoundingClientRect();
        const last = [...document.querySelectorAll("#main a, #main button, #main p")].map((one) => one.getBoundingClientRect()).filter((box) => box.height > 0);
        return { bar: [bar.top, bar.bottom], last: Math.max(...last.map((box) => box.bottom)), height: innerHeight };
      });
      assert.equal(Math.round(boxes.bar[1]), boxes.height, fragment);
      assert.ok(boxes.last <= boxes.bar[0] + 1, `${fragment}: ${JSON.stringify(boxes)}`);
    }
    for (const link of await places(page).getByRole("link").all()) {
      const box = await link.boundingBox();
      assert.ok(box.height >= 44 && box.width >= 44);
    }
  }));

test("on a phone the tab of the view that is shown is in sight", () =>
  visit({ viewport: WIDTHS.phone, fragment: "#/lab/tls13" }, async (page) => {
    for (const fragment of ["#/stolen-key", "#/lab/gateway-terminate", "#/lab/tls13"]) {
      await open(page, fragment);
      await page.waitForFunction((fragment) => {
        const current = document.querySelector(".views nav [aria-current]");
        if (!current || !current.getAttribute("href").startsWith(fragment)) return false;
        const [tab, row] = [current, current.parentElement].map((one) => one.getBoundingClientRect());
        return tab.left >= row.left - 1 && tab.right <= row.right + 1;
      }, fragment);
    }
  }));

test("without scripts the home page says what this is, and what is in the way", () =>
  altered({ context: { javaScriptEnabled: false } }, async (page) => {
    const text = await page.locator("body").innerText();
    assert.match(text, /What happens before the padlock/);
    assert.match(text, /real TLS connections inside your browser/);
    assert.match(text, /scripts are switched off/);
    assert.doesNotMatch(text, /See TLS happen/);
    const doors = await page.locator(".doors a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    for (const door of [/^#\/learn\/.+\/1$/, /^#\/break$/, /^#\/lab\//]) assert.ok(doors.some((href) => door.test(href)), doors.join());
  }));

test("the home page's first door is the first lesson of the list", () => {
  const root = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
  const [, file] = root("lessons/index.toml").match(/"([^"]+\.md)"/);
  const [, id] = root(`lessons/${file}`).match(/^id = "([^"]+)"/m);
  assert.ok(root("index.html").includes(`href="#/learn/${id}/1"`), id);
});

test("the home page shows the run in four phases, with numbers that are the run's", async () => {
  let counted;
  await visit({ fragment: "#/lab/tls13?zoom=tcp" }, async (page) => (counted = await page.locator(".ladder .row").count()));
  await visit({}, async (page) => {
    // The last that is filled in.
    await page.locator(".home-foot p").waitFor();
    const html = readFileSync(fileURLToPath(new URL("../../index.html", import.meta.url)), "utf8");
    for (const phase of ["tcp", "handshake", "data", "goodbye"]) {
      const waiting = html.match(new RegExp(`data-phase="${phase}">((?:<li></li>)+)`))[1].length / "<li></li>".length;
      assert.equal(await page.locator(`[data-phase=${phase}] .home-row`).count(), waiting, phase);
    }
    assert.match(await page.locator(".home-foot p").innerText(), new RegExp(`in ${counted} packets`));
    assert.match(await page.locator(".home-run").innerText(), /GET \//);
    await page.locator(".home-row", { hasText: "ServerHello" }).click();
    assert.equal(await title(page), "ServerHello");
  });
});

test("on a phone, where the home page's run is out of sight, it is made when somebody gets there", () =>
  visit({ viewport: WIDTHS.phone }, async (page) => {
    await page.waitForLoadState("networkidle");
    assert.equal(await page.locator(".home-row").count(), 0);
    await page.locator(".home-phases").scrollIntoViewIfNeeded();
    await page.locator(".home-foot p").waitFor();
  }));

test("on the same wi-fi the request is a size", () =>
  visit({}, async (page) => {
    const plug = page.getByRole("switch", { name: /same wi-fi/ });
    await plug.click();
    assert.equal(await plug.getAttribute("aria-checked"), "true");
    const run = page.locator(".home-phases");
    assert.match(await run.innerText(), /encrypted, \d+ bytes/);
    assert.doesNotMatch(await run.innerText(), /GET \//);
    await page.locator(".home-row", { hasText: /encrypted/ }).first().click();
    await page.waitForFunction(() => location.hash.includes("as=eavesdropper"));
  }));

for (const [motion, plays] of [["reduce", false], ["no-preference", true]]) {
  test(`the ladder of the home page ${plays ? "plays once" : "is there at once where motion is not wanted"}`, () =>
    visit({ reducedMotion: motion }, async (page) => {
      await page.locator(".home-foot p").waitFor();
      const running = () => page.evaluate(() => document.getAnimations().filter((one) => one.effect.target.closest(".home")).length);
      assert.equal((await running()) > 0, plays);
      await page.waitForFunction(() => document.getAnimations().every((one) => one.playState === "finished"));
      await open(page, "#/break");
      await heading(page, "Break & fix").waitFor();
      await open(page, "#/");
      await page.locator(".home-row").first().waitFor();
      assert.equal(await running(), 0);
    }));
}

test("whoever was here before is offered to go on", () =>
  visit({ fragment: "#/lab/tls12-mtls?step=7" }, async (page) => {
    await page.locator(".step h1").waitFor();
    const name = await title(page);
    await open(page, "#/learn/your-first-handshake/5");
    await page.locator(".page-title").waitFor();
    await page.waitForTimeout(100);
    await page.goto(page.url().replace(/#.*/, ""));
    await page.waitForSelector("html[data-ready]");
    await page.getByRole("link", { name: /page 5 · Your first handshake/ }).waitFor();
    await page.getByRole("link", { name: new RegExp(`${name} · TLS 1.2, mutual`) }).click();
    await page.waitForFunction(() => location.hash === "#/lab/tls12-mtls?step=7");
  }));

test("an error that is pasted on the home page leads to its faults", () =>
  visit({}, async (page) => {
    await page.getByRole("searchbox", { name: "Error message" }).fill("certificate has expired");
    await page.keyboard.press("Enter");
    await page.locator('a[href="#/break/cert-expired"]').waitFor();
  }));

test("embedded, every screen is without what is around it, and stays so wherever one goes", () =>
  visit({ fragment: "#/lab/tls13?embed" }, async (page) => {
    for (const [fragment, name] of Object.entries(SCREENS)) {
      await open(page, `${fragment}${fragment.includes("?") ? "&" : "?"}embed`);
      await heading(page, name).waitFor();
      assert.equal(await page.locator(".top, .views").count(), 0, fragment);
      assert.equal(await page.locator(".notice-bar").count(), 0, fragment);
    }
    await open(page, "#/learn/your-first-handshake/5");
    await page.waitForFunction(() => document.querySelector(".step h1")?.innerText === "ServerHello");
    await page.locator(".lesson-nav .primary").click();
    await page.waitForFunction(() => /\/6\?/.test(location.hash) && /[?&]embed$/.test(location.hash));
    assert.equal(await page.locator(".top").count(), 0);
    assert.match(await page.getByRole("link", { name: /Open in Handshake Lab/ }).getAttribute("href"), /\/#\/learn\/your-first-handshake\/6(?!.*embed)/);
  }));

test("embed may stand before the fragment as well", () =>
  altered({ address: (url) => `${url}?embed#/race` }, async (page) => {
    await page.waitForSelector("html[data-ready]");
    await heading(page, "Race").waitFor();
    assert.equal(await page.locator(".top").count(), 0);
  }));

test("a slip in an address is told, with the way to what was meant", () =>
  visit({ fragment: "#/compare/tls12/tsl13" }, async (page) => {
    for (const [broken, meant] of [["#/compare/tls12/tsl13", "#/compare/tls12/tls13"], ["#/lab/tsl13?step=5", "#/lab/tls13?step=5"], ["#/break/cert-expird", "#/break/cert-expired"], ["#/labs/tls12", "#/lab/tls12"], ["#/race/tls12,tsl13", "#/race/tls12/tls13?rtt=80"]]) {
      await open(page, broken);
      const link = page.locator(".notice-bar a");
      await page.waitForFunction((meant) => document.querySelector(".notice-bar a")?.getAttribute("href") === meant, meant);
      await link.click();
      await page.waitForFunction(([meant]) => location.hash.startsWith(meant) && !document.querySelector(".notice-bar"), [meant]);
    }
  }));

test("yellow is what is chosen, and nothing else", () =>
  visit({}, async (page) => {
    for (const [fragment, there] of [["#/compare/tls12/tls13", ".pair.is-different"], ["#/compare/tls12/tsl13", ".notice-bar"], ["#/lab/tls13?step=5&sel=0.1", ".field[aria-selected=true]"]]) {
      await open(page, fragment);
      await page.locator(there).first().waitFor();
      const wrong = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.background = "var(--mark)";
        const yellow = getComputedStyle(probe).backgroundColor;
        probe.remove();
        const chosen = "[aria-current], [aria-selected=true], [aria-pressed=true], .now";
        return [...document.querySelectorAll("body *")].filter((one) => getComputedStyle(one).backgroundColor === yellow && !one.matches(chosen)).map((one) => one.className);
      });
      assert.deepEqual(wrong, [], fragment);
    }
  }));

test("an address names a step by its title, whatever number that has in a run", () =>
  visit({ fragment: "#/lab/tls12?step=certificate" }, async (page) => {
    const at = async (name) => {
      await page.waitForFunction((name) => document.querySelector(".step h1")?.innerText === name && /step=\d+/.test(location.hash), name);
      assert.equal(await page.locator(".notice-bar").count(), 0);
      return hash(page);
    };
    const older = await at("Certificate");
    await open(page, "#/lab/tls13?step=certificate&panel=checks");
    const newer = await at("Certificate");
    assert.notEqual(older.match(/step=\d+/)[0], newer.match(/step=\d+/)[0]);
    assert.match(newer, /panel=checks/);
    await open(page, "#/break/cert-expired?step=client-hello");
    await at("ClientHello");
    await open(page, "#/lab/tls12?step=certifcate");
    const link = page.locator(".notice-bar a");
    await link.waitFor();
    assert.equal(await link.getAttribute("href"), "#/lab/tls12?step=certificate");
    await link.click();
    await at("Certificate");
    await open(page, "#/lab/tls12?step=banana");
    await page.locator(".notice-bar").getByText(/Allowed here: syn, .*client-hello/).waitFor();
  }));

test("old addresses lead where they led", () =>
  visit({}, async (page) => {
    for (const [fragment, found] of [
      ["#/lab/tls13+fault=cert-expired?step=9", ".finding.broken"],
      ["#/lab/cert-expired?step=9&panel=checks", ".finding.broken"],
      ["#/race/tls12,tls13-0rtt+seed=7?rtt=200&fleet=1.2,1000,10,0,50", ".lane-figures"],
      ["#/stolen-key/tls12-rsa/tls13", ".recording"],
      ["#/lab", ".step h1"],
    ]) {
      await open(page, fragment);
      await page.locator(found).first().waitFor();
      assert.equal(await page.locator(".notice-bar").count(), 0, fragment);
    }
  }));

test("one Escape closes the search, with words in it too", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    const field = page.getByRole("combobox", { name: "Search" });
    await page.locator(".step h1").waitFor();
    await page.keyboard.press("/");
    await field.waitFor();
    await page.keyboard.type("ServerHello");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "hidden" });
  }));

test("what is typed before the search is loaded is searched for, and only once", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    const field = page.getByRole("combobox", { name: "Search" });
    await page.locator(".step h1").waitFor();
    let go;
    const asked = new Promise((done) => { go = done; });
    await page.route(/\/search-/, async (route) => {
      await asked;
      await route.continue();
    });
    await page.getByRole("button", { name: "Search" }).first().click();
    await page.keyboard.type("bad certificate");
    assert.equal(await field.count(), 0);
    go();
    await field.waitFor();
    assert.equal(await field.inputValue(), "bad certificate");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.type("_x");
    assert.equal(await field.inputValue(), "bad certificate_x");
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "hidden" });
    await page.keyboard.press("/");
    await field.waitFor();
    assert.equal(await field.inputValue(), "");
  }));

test("an error that nothing here has leads to the commands to run first", () =>
  visit({}, async (page) => {
    await page.keyboard.press("/");
    await page.getByRole("combobox", { name: "Search" }).fill("zzyzx qqfoo");
    await page.getByRole("option", { name: "Commands to run first" }).waitFor();
    await page.getByText("Nothing here has these words.").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.hash.startsWith("#/break?q=zzyzx"));
    await page.getByText("Run these first").waitFor();
    await page.locator(".run-first .command").nth(3).waitFor();
  }));

test("the search is opened, used and left by keyboard alone", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    const field = page.getByRole("combobox", { name: "Search" });
    const look = async (words) => {
      await page.keyboard.press("/");
      await field.waitFor();
      await page.keyboard.type(words);
      // What is fetched for the search comes in pieces, and the list is another with each.
      await still(page);
      await page.getByRole("option").first().waitFor();
    };
    for (const [words, kind, leads] of [
      ["ServerHello", "step", /^#\/lab\/tls13\?step=5$/],
      ["0-RTT", "handshake", /^#\/lab\/tls13-0rtt/],
      ["Expired certificate", "fault", /^#\/break\/cert-expired/],
      ["Your first handshake", "lesson", /^#\/learn\/your-first-handshake\/1/],
      ["transcript", "panel", /panel=transcript/],
      ["decode_error", "alert", /^#\/break\?q=decode_error/],
    ]) {
      await open(page, "#/lab/tls13");
      await page.locator(".step h1").waitFor();
      await look(words);
      const option = page.getByRole("option").filter({ has: page.locator(".found-kind", { hasText: kind }) }).first();
      await option.waitFor();
      for (let presses = 0; (await option.getAttribute("aria-selected")) !== "true"; presses += 1) {
        assert.ok(presses < 12, `${words}: no ${kind} among what is found`);
        await page.keyboard.press("ArrowDown");
      }
      await page.keyboard.press("Enter");
      await page.waitForFunction((leads) => new RegExp(leads).test(location.hash), leads.source);
      assert.equal(await page.locator("dialog[open]").count(), 0);
    }
    await open(page, "#/lab/tls13");
    await page.locator(".step h1").waitFor();
    await look("cipher_suites");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /sel=/.test(location.hash));
    assert.equal(await title(page), "ClientHello");
    await page.keyboard.press("/");
    await field.waitFor();
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "hidden" });
  }));

test("help says what each screen is, on a phone too", () =>
  visit({ viewport: WIDTHS.phone }, async (page) => {
    const said = new Set();
    for (const fragment of Object.keys(SCREENS)) {
      await open(page, fragment);
      await settled(page);
      await page.getByRole("button", { name: "Help", exact: true }).click();
      const dialog = page.getByRole("dialog", { name: "Help" });
      await dialog.waitFor();
      said.add(await dialog.locator("h3").first().innerText());
      assert.match(await dialog.innerText(), /handshake keys[\s\S]*next step/);
      await dialog.getByRole("button", { name: "Close" }).click();
    }
    // Both halves of Certificates are one screen.
    const own = Object.keys(SCREENS).filter((fragment) => !fragment.startsWith("#/certificates/"));
    assert.equal(said.size, own.length, [...said].join());
  }));

test("help leads to the glossary", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    await page.getByRole("button", { name: "Help", exact: true }).click();
    await page.getByRole("dialog", { name: "Help" }).getByRole("link", { name: "Glossary" }).click();
    await heading(page, "Glossary").waitFor();
    assert.equal(await page.locator("dialog[open]").count(), 0);
  }));

test("the tab key leads from the header to the views and on to the screen", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    await tabTo(page, places(page).getByRole("link", { name: "Learn" }));
    await tabTo(page, page.getByRole("button", { name: "Help", exact: true }));
    await tabTo(page, views(page).getByRole("link", { name: "Compare" }));
    await page.keyboard.press("Enter");
    await heading(page, "Compare two runs").waitFor();
  }));

for (const viewport of [WIDTHS.phone, WIDTHS.tablet]) {
  test(`what fingers hit is 44 pixels high on every screen, at ${viewport.width}`, () =>
    visit({ viewport, hasTouch: true, isMobile: true }, async (page) => {
      assert.ok(await page.evaluate(() => matchMedia("(pointer: coarse)").matches));
      const more = ["#/learn/practise", "#/learn/interview", "#/learn/your-first-handshake/5", "#/learn/your-first-handshake/10"];
      for (const fragment of [...Object.keys(SCREENS), ...more]) {
        await open(page, fragment);
        await page.locator("#main h1").first().waitFor();
        await settled(page);
        const hit = page.locator(".btn, .seg button, .option, select, input:not([type=checkbox], [type=radio])");
        const small = await hit.evaluateAll((all) =>
          all.map((one) => [one, one.getBoundingClientRect()])
            .filter(([, { width, height }]) => width > 1 && height > 1 && height < 44)
            .map(([one, { height }]) => `${one.className} ${one.innerText}: ${height}`));
        assert.deepEqual(small, [], fragment);
      }
    }));
}
