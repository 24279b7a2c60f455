// Breaking a connection, seeing who notices, and mending it: every fault that the page has.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { WIDTHS, go, settled, still, visit } from "./browser.mjs";
import { list } from "./program.mjs";

const OBSERVED = JSON.parse(readFileSync(new URL("../../data/observed.json", import.meta.url), "utf8"));
const VERSIONS = { "TLS 1.2": "?run=tls12", "TLS 1.3": "" };

/** What each fault's fix leaves: another fault, where whoever attacks is still on the path. */
const LEFT = new Map(list("faults").map(({ id, left_by_fix }) => [id, left_by_fix]));

/** The rows of faults that can be broken in the run that is shown. */
const rows = (page) => page.locator("a.fault-row");
const hrefs = (page) => rows(page).evaluateAll((found) => found.map((row) => row.getAttribute("href")));

for (const [version, run] of Object.entries(VERSIONS)) {
  test(`each fault in ${version} shows who noticed and how, and its fix mends it`, () =>
    visit({ fragment: `#/break${run}` }, async (page) => {
      await rows(page).first().waitFor();
      const addresses = await hrefs(page);
      assert.ok(addresses.length >= 3, `${addresses.length} faults`);
      const verdict = page.locator(".finding.broken");
      for (const fragment of addresses) {
        assert.match(fragment, /^#\/break\/[a-z]/);
        // The one before was mended.
        assert.equal(await verdict.count(), 0, fragment);
        await go(page, fragment);
        await verdict.waitFor();
        const text = await verdict.innerText();
        // Some faults succeed, and of some nobody says a word.
        assert.match(
          text,
          /the (client|server|gateway) noticed and sent [a-z_]+|nobody noticed an error|takes the same steps/i,
          fragment,
        );
        assert.match(await page.title(), /· Break & fix · Handshake Lab$/);
        await verdict.getByRole("button", { name: "Check it yourself" }).click();
        assert.match(await verdict.innerText(), /openssl s_client|curl |tcpdump /, fragment);
        await page.getByRole("button", { name: /apply the fix/i }).click();
        await page.waitForFunction(() => location.hash.startsWith("#/lab/"));
        const left = await page.evaluate(() => location.hash.match(/fault=([\w-]+)/)?.[1] ?? null);
        assert.equal(left, LEFT.get(fragment.match(/^#\/break\/([\w-]+)/)[1]), fragment);
        // Whoever attacks may still be there: the page says so, and leads on.
        if (left) {
          await page.getByText("Still there: ").waitFor();
          await page.getByRole("link", { name: "The run without it" }).click();
        }
        await page.waitForFunction(() => !location.hash.includes("fault="));
        await page.keyboard.press("End");
        // What the good run needs may have to be loaded first.
        await page.locator(".sequence", { hasText: "200 OK" }).waitFor().catch((error) => assert.fail(`${fragment}: ${error}`));
      }
    }));
}

test("a row keeps the focus when what programs say of it arrives", () => {
  let arrive;
  const held = new Promise((resolve) => {
    arrive = resolve;
  });
  const prepare = (page) =>
    page.route("**/data/observed.json", async (route) => {
      await held;
      await route.continue();
    });
  return visit({ fragment: "#/break", prepare }, async (page) => {
    const said = page.locator(".fault-said");
    const row = rows(page).filter({ hasText: "Expired certificate" }).first();
    await row.focus();
    assert.equal(await said.count(), 0);
    arrive();
    await row.locator(".fault-said").waitFor({ state: "attached" });
    assert.ok(await row.evaluate((row) => row === document.activeElement));
  });
});

test("a fault opens where its run leaves the working one, whichever way one comes", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const step = async () => {
      await page.locator(".finding.broken").waitFor();
      await page.waitForFunction(() => /step=\d+/.test(location.hash));
      return page.evaluate(() => Number(location.hash.match(/step=(\d+)/)[1]));
    };
    await page.getByRole("link", { name: /^Missing client certificate/ }).click();
    const first = await step();
    assert.ok(first > 1, `step ${first}`);
    await page.goBack();
    await page.getByRole("link", { name: /^Missing client certificate/ }).click();
    assert.equal(await step(), first);
    await page.goto(page.url().replace(/#.*/, "#/break"));
    await page.goto(page.url().replace(/#.*/, "#/break/client-cert-missing"));
    assert.equal(await step(), first);
  }));

test("from where a fault opens, the connection as a whole can be looked at", () =>
  visit({ fragment: "#/break/cert-expired" }, async (page) => {
    await page.waitForFunction(() => /step=\d+/.test(location.hash));
    await page.locator(".row-whole").click();
    await page.getByRole("heading", { name: "The whole connection", level: 1 }).waitFor();
    await page.locator(".finding.broken").waitFor();
    await page.waitForTimeout(100);
    assert.equal(await page.evaluate(() => location.hash), "#/break/cert-expired");
    await page.reload();
    await page.locator(".finding.broken").waitFor();
    await page.waitForTimeout(100);
    assert.equal(await page.evaluate(() => location.hash), "#/break/cert-expired");
  }));

test("a fault that its list shows says there who notices, and does", () =>
  visit({ fragment: "#/break?who=server" }, async (page) => {
    await rows(page).first().waitFor();
    const told = await page.locator(".fault-who").allInnerTexts();
    assert.ok(told.length > 0);
    for (const who of told) assert.match(who, /^server/);
    await rows(page).first().click();
    await page.getByText(/the server noticed/).first().waitFor();
  }));

test("words of an error find its faults, and stand in the address", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const words = page.getByRole("searchbox", { name: /Paste an error/ });
    await rows(page).first().waitFor();
    const all = (await hrefs(page)).length;
    await words.fill("certificate_expired");
    await page.waitForFunction(() => location.hash.includes("q=certificate_expired"));
    await page.getByText(new RegExp(`^\\d+ of ${all} faults$`)).waitFor();
    const found = await hrefs(page);
    assert.ok(found.includes("#/break/cert-expired") && found.length < all / 2, found.join());
    await words.fill("curl: (60) SSL certificate problem: certificate has expired");
    await page.locator('a[href="#/break/cert-expired"]').waitFor();
    await words.fill("banana");
    await page.getByText("No fault has these words").waitFor();
    await page.reload();
    await page.getByText("No fault has these words").waitFor();
    assert.equal(await words.inputValue(), "banana");
  }));

/** The first thing that each program was seen to say and no other fault's row has. */
const SAID = [...new Set(OBSERVED.map(({ program }) => program))].map((name) =>
  OBSERVED.find(({ program, error, fault }) => program === name && error && OBSERVED.every((other) => other.error !== error || other.fault === fault)));

test("what a program says finds its fault, in the list and in the header", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const words = page.getByRole("searchbox", { name: /Paste an error/ });
    await page.locator(".fault-said").first().waitFor();
    assert.ok(SAID.length > 5, `${SAID.length} programs`);
    for (const { program, fault, error } of SAID) {
      await words.fill(`2026-11-29 12:00:00 worker-7: ${error}`);
      await page.getByText(/^(Programs were seen to say this|This is a code that a browser prints)/).waitFor();
      // Where only the host differs, another may come before it: hosts are everybody's own.
      const first = (await hrefs(page)).slice(0, 3);
      assert.ok(first.includes(`#/break/${fault}`), `${program}: ${error}: ${first}`);
      assert.match(await rows(page).first().locator(".fault-said").innerText(), /^.+: ./);
      await page.getByRole("button", { name: "Search" }).first().click();
      await page.getByRole("combobox", { name: "Search" }).fill(error);
      await page.getByRole("option").first().filter({ hasText: program }).waitFor();
      // Escape would empty the field first.
      await page.getByRole("dialog", { name: "Search" }).getByRole("button", { name: "Close" }).click();
    }
    for (const [unknown, open] of [["xyzzy plugh frobnicate", true], ["segmentation fault at address zero", false]]) {
      await words.fill(unknown);
      const first = page.locator("details", { hasText: "Run these first" });
      await first.waitFor();
      assert.equal(await first.evaluate((details) => details.open), open, unknown);
      assert.equal(await first.locator(".command").count(), 4);
    }
  }));

test("a fault shows what each program says of it, and of one that cannot be served that nobody was asked", () =>
  visit({ fragment: "#/break/cert-expired" }, async (page) => {
    const said = page.getByRole("button", { name: "What programs say" });
    await said.click();
    const own = OBSERVED.filter(({ fault }) => fault === "cert-expired");
    await page.locator(".said dt").first().waitFor();
    assert.deepEqual(await page.locator(".said dt").allInnerTexts(), own.map(({ program, version }) => `${program} ${version}`));
    assert.deepEqual(await page.locator(".said dd").allInnerTexts(), own.map(({ error }) => error));
    await page.goto(page.url().replace(/#.*/, "#/break/upstream-cert-expired"));
    await said.click();
    await page.getByText(/^No other program was asked\. The client gets 502/).waitFor();
  }));

test("what stands beside a fault is of its own run, whatever had to be loaded for it", () =>
  visit({ fragment: "#/break/cert-expired" }, async (page) => {
    // The checks that failed, as they stand beside the step and as the fault tells of them.
    const failed = page.locator("#panel li").filter({ has: page.locator(".sign.bad") }).locator("b");
    const faults = [...LEFT.keys()].filter((id) => id !== "cert-expired");
    let seen = 0;
    // The first needs more than the page starts with; then all is there.
    for (const fragment of ["#/break/self-signed/tls13+cert=rsa-2048", ...faults.map((id) => `#/break/${id}`)]) {
      await go(page, fragment);
      await page.locator(".finding .facts").waitFor();
      await settled(page);
      if (!(await fact(page, "Failed check")) || !(await page.getByRole("tab", { name: "Checks", selected: true }).count())) continue;
      // What stands beside follows a frame later, and where something has to be loaded both do.
      let told;
      const beside = async () => {
        told = await fact(page, "Failed check");
        return (await failed.allTextContents()).some((question) => told?.startsWith(question));
      };
      for (let tries = 0; tries < 20 && !(await beside()); tries += 1) await page.waitForTimeout(50);
      assert.ok(await beside(), `${fragment}: ${JSON.stringify(await failed.allTextContents())} beside "${told}"`);
      seen += 1;
    }
    assert.ok(seen > 20, `${seen} faults`);
  }));

test("from fault to fault of a group, and back to the list as it was", () =>
  visit({ fragment: "#/break?q=certificate" }, async (page) => {
    await rows(page).first().click();
    const nav = page.getByRole("navigation", { name: "The fault and its run" });
    await nav.getByText(/^1 of \d+, Server certificate$/).waitFor();
    await nav.getByRole("link", { name: /^Next/ }).click();
    await nav.getByText(/^2 of \d+, Server certificate$/).waitFor();
    await nav.getByRole("link", { name: /^Previous/ }).click();
    await nav.getByText(/^1 of \d+/).waitFor();
    await nav.getByRole("link", { name: "All faults" }).click();
    await page.waitForFunction(() => location.hash === "#/break?q=certificate");
  }));

test("the run of the lab can be broken, and goes along to the fault", () =>
  visit({ fragment: "#/lab/tls13+group=secp256r1+seed=7" }, async (page) => {
    await page.getByRole("navigation", { name: "Views of the run" }).getByRole("link", { name: "Break this" }).click();
    await page.getByRole("button", { name: /your run: TLS 1\.3/ }).waitFor();
    await page.locator('a[href^="#/break/cert-expired"]').click();
    await page.waitForFunction(() => location.hash.startsWith("#/break/cert-expired/tls13+group=secp256r1+seed=7"));
    await page.getByRole("navigation", { name: "The fault and its run" }).getByRole("link", { name: "Compare" }).click();
    await page.waitForFunction(() => location.hash.startsWith("#/compare/tls13+group=secp256r1+fault=cert-expired+seed=7"));
    await page.getByRole("link", { name: "← Expired certificate" }).click();
    await page.locator(".finding.broken").waitFor();
  }));

for (const [name, viewport] of Object.entries(WIDTHS)) test(`every row is readable, and only on a phone its sentence is cut: ${name}`, () =>
  visit({ fragment: "#/break", viewport }, async (page) => {
    await rows(page).first().waitFor();
    const isPhone = viewport.width <= 760;
    const wrong = await rows(page).evaluateAll((all, isPhone) => all.flatMap((row) => {
      const may = (part) => isPhone && part.matches(".fault-what");
      const cut = [...row.children].filter((part) => !may(part) && part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline");
      const { height } = row.getBoundingClientRect();
      // Two lines, or three where the title needs two.
      const is = height >= 44 && (!isPhone || height <= 76);
      return cut.length || !is ? [`${row.innerText}: ${height} px`] : [];
    }), isPhone);
    assert.deepEqual(wrong, []);
  }));

test("a line above the list leads to each group, by keyboard too", () =>
  visit({ fragment: "#/break", viewport: WIDTHS.phone }, async (page) => {
    const groups = page.getByRole("navigation", { name: "Groups of faults" }).getByRole("button");
    await groups.first().waitFor();
    // What programs say comes behind the list, which is drawn once more then.
    await still(page);
    const names = await groups.allInnerTexts();
    assert.deepEqual(names, await page.locator(".fault-group h2").evaluateAll((all) => all.map((heading) => heading.firstChild.textContent)));
    await groups.last().focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((name) => document.activeElement.matches(".fault-group h2") && document.activeElement.innerText.startsWith(name), names.at(-1));
    const { top, bottom } = await page.evaluate(() => document.activeElement.getBoundingClientRect());
    assert.ok(top >= 0 && bottom <= WIDTHS.phone.height, `at ${top}`);
  }));

for (const [who, words] of [["gateway", /^gateway/], ["nobody", /^nobody notices/]]) {
  test(`the list can be of the faults that ${who} notices`, () =>
    visit({ fragment: `#/break?who=${who}` }, async (page) => {
      await rows(page).first().waitFor();
      for (const told of await page.locator(".fault-who").allInnerTexts()) assert.match(told, words);
    }));
}

test("with a gateway the faults that fit come first, and a link takes the run without it", () =>
  visit({ fragment: "#/break?run=gateway-terminate" }, async (page) => {
    await page.getByText(/^\d+ of \d+ faults fit your run\./).waitFor();
    assert.ok(await page.locator(".fault-group").first().evaluate((group) => group.querySelector("a.fault-row") !== null));
    const before = await rows(page).count();
    await page.getByRole("link", { name: "Take it without the gateway" }).click();
    await page.waitForFunction((count) => document.querySelectorAll("a.fault-row").length > count, before);
  }));

test("a fault that was opened is marked in the list, after a reload too", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await rows(page).first().waitFor();
    assert.equal(await page.locator(".fault-seen").count(), 0);
    await page.getByRole("link", { name: /^Expired certificate/ }).first().click();
    await page.locator(".finding.broken").waitFor();
    await page.goBack();
    const marked = page.locator("a.fault-row", { has: page.locator(".fault-seen") });
    await marked.first().waitFor();
    assert.match(await marked.innerText(), /^Expired certificate/);
    await page.getByRole("heading", { name: /^Server certificate 1 of \d+ seen$/ }).waitFor();
    await page.reload();
    await marked.first().waitFor();
    assert.equal(await marked.count(), 1);
  }));

test("a code of a browser finds its faults first, in the list and in the header", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const words = page.getByRole("searchbox", { name: /Paste an error/ });
    for (const [code, fault, browser] of [
      ["SSL_ERROR_NO_CYPHER_OVERLAP", "no-shared-suite", "Firefox"],
      ["sec_error_unknown_issuer", "untrusted-root", "Firefox"],
      ["NET::ERR_CERT_DATE_INVALID", "cert-expired", "chromium"],
      ["ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "no-shared-version", "Chrome"],
    ]) {
      await words.fill(code);
      await page.getByText(/^This is a code that a browser prints/).waitFor();
      const found = await hrefs(page);
      assert.ok(found.slice(0, 3).includes(`#/break/${fault}`), `${code}: ${found}`);
      const row = page.locator(`a[href="#/break/${fault}"] .fault-said`);
      assert.ok((await row.innerText()).startsWith(browser), await row.innerText());
      await page.getByRole("button", { name: "Search" }).first().click();
      await page.getByRole("combobox", { name: "Search" }).fill(code);
      await page.getByRole("option").first().filter({ hasText: code.replace("NET::", "").toUpperCase() }).waitFor();
      await page.getByRole("dialog", { name: "Search" }).getByRole("button", { name: "Close" }).click();
    }
    await page.goto(page.url().replace(/#.*/, "#/break/revoked"));
    await page.getByRole("button", { name: "What programs say" }).click();
    await page.locator("#finding-said").getByText("SEC_ERROR_REVOKED_CERTIFICATE").waitFor();
  }));

for (const [name, viewport] of Object.entries(WIDTHS)) test(`what was found is open and in sight where a fault opens: ${name}`, () =>
  visit({ fragment: "#/break/cert-expired", viewport }, async (page) => {
    const verdict = page.locator("details.finding.broken");
    await verdict.waitFor();
    await page.waitForFunction(() => /step=\d+/.test(location.hash));
    await page.locator(".step .inspect").first().waitFor({ state: "attached" });
    assert.ok(await verdict.evaluate((verdict) => verdict.open));
    // Above the player, which on a phone is at the foot of the window.
    const foot = (await page.locator(".scrubber").boundingBox()).y;
    const { y } = await verdict.locator(".facts").boundingBox();
    assert.ok(y > 0 && y < foot - 24, `the facts begin at ${y}, and the player at ${foot}`);
    // Seconds since 1970 are in the client's own error text, after dates.
    const seconds = /\b1[67]\d{8}\b/;
    assert.doesNotMatch(await page.locator(".step .story > p").first().innerText(), seconds);
    const facts = await verdict.locator(".facts").innerText();
    assert.ok(facts.search(/\b20\d\d-\d\d-\d\d\b/) < facts.search(seconds), facts);
    await page.emulateMedia({ media: "print" });
    assert.ok(await verdict.locator(".facts").isVisible());
  }));

test("cause and fix come first, and opening one closes the other", () =>
  visit({ fragment: "#/break/cert-expired" }, async (page) => {
    const buttons = page.locator(".finding-buttons button[aria-expanded]");
    await buttons.first().waitFor();
    assert.equal((await buttons.allInnerTexts())[0], "Cause and fix");
    for (const button of await buttons.all()) {
      await button.click();
      assert.equal(await button.getAttribute("aria-expanded"), "true");
      assert.equal(await page.locator(".finding-buttons [aria-expanded=true]").count(), 1);
      const inside = page.locator(`#${await button.getAttribute("aria-controls")}`);
      assert.ok(await inside.isVisible());
      assert.equal(await page.locator(".finding [id^=finding-]:visible").count(), 1);
    }
    await buttons.last().click();
    assert.equal(await page.locator(".finding-buttons [aria-expanded=true]").count(), 0);
  }));

test("what to write into which program is loaded with the fix, and the program that was chosen stays", () =>
  visit({ fragment: "#/break/missing-intermediate" }, async (page) => {
    const fetched = [];
    page.on("request", (request) => fetched.push(request.url()));
    const isLoaded = () => fetched.some((url) => /\/remedies-[0-9a-f]+\.wasm/.test(url));
    const open = page.getByRole("button", { name: "Cause and fix" });
    await open.waitFor();
    assert.ok(!isLoaded());
    await open.click();
    const programs = page.getByRole("group", { name: "Your program" });
    await programs.waitFor();
    assert.ok(isLoaded());
    const chosen = programs.locator("[aria-pressed=true]");
    const code = page.locator("#finding-fix .remedies pre");
    const seen = new Set();
    for (const button of await programs.getByRole("button").all()) {
      await button.focus();
      await page.keyboard.press("Enter");
      assert.deepEqual(await chosen.allInnerTexts(), [await button.innerText()]);
      assert.ok((await code.count()) > 0);
      assert.equal(await page.locator("#finding-fix .remedies pre:not([translate=no])").count(), 0);
      assert.equal(await page.locator("#finding-fix .remedies .copy").count(), await code.count());
      seen.add((await code.allInnerTexts()).join("\n"));
    }
    assert.equal(seen.size, await programs.getByRole("button").count());
    await programs.getByRole("button", { name: "nginx" }).click();
    await page.getByRole("textbox", { name: "Your host" }).fill("shop.example");
    await code.filter({ hasText: "server_name shop.example;" }).first().waitFor();
    await programs.getByRole("button", { name: "HAProxy" }).click();
    await code.filter({ hasText: "bind :443 ssl crt" }).first().waitFor();
    for (const fault of ["revoked", "black-hole"]) {
      await page.goto(page.url().replace(/#.*/, `#/break/${fault}`));
      await page.reload();
      await open.click();
      await page.locator("#finding-fix").getByRole("heading", { name: "Fix", exact: true }).waitFor();
      // A way that drops packets is mended in no program.
      if (fault === "black-hole") assert.equal(await programs.count(), 0);
      else await chosen.filter({ hasText: "HAProxy" }).waitFor();
    }
  }));

test("a program with nothing to write says why, and is not the one that is shown first", () =>
  visit({ fragment: "#/break/pin-mismatch" }, async (page) => {
    await page.getByRole("button", { name: "Cause and fix" }).click();
    const remedies = page.locator("#finding-fix .remedies");
    await remedies.locator("pre").first().waitFor();
    await page.getByRole("group", { name: "Your program" }).getByRole("button", { name: "nginx" }).click();
    await remedies.getByText(/^nginx: It has no setting for this/).waitFor();
    assert.equal(await remedies.locator("pre").count(), 0);
  }));

test("commands name the person's own host, which is kept for the visit, and a bad one is told", () =>
  visit({ fragment: "#/break/cert-expired" }, async (page) => {
    await page.getByRole("button", { name: "Check it yourself" }).click();
    const commands = async () => (await page.locator("#finding-symptoms .command pre").allInnerTexts()).join("\n");
    const host = page.getByRole("textbox", { name: "Your host" });
    assert.match(await commands(), /-connect HOST:PORT -servername HOST/);
    await host.fill("shop.example:8443");
    await page.getByText("The commands name shop.example, port 8443.").waitFor();
    assert.match(await commands(), /-connect shop\.example:8443 -servername shop\.example/);
    assert.match(await commands(), /https:\/\/shop\.example:8443\//);
    assert.doesNotMatch(await commands(), /\b(HOST|PORT)\b/);
    await host.fill("shop.example; reboot");
    await page.getByText(/is no host/).waitFor();
    assert.equal(await host.getAttribute("aria-invalid"), "true");
    assert.match(await commands(), /-connect HOST:PORT/);
    assert.equal(await host.inputValue(), "shop.example; reboot");
    await host.fill("https://shop.example/a/page");
    await page.getByText("The commands name shop.example, port 443.").waitFor();
    await page.goto(page.url().replace(/#.*/, "#/break/revoked"));
    await page.reload();
    await page.getByRole("button", { name: "Check it yourself" }).click();
    assert.equal(await host.inputValue(), "https://shop.example/a/page");
    assert.match(await commands(), /shop\.example:443/);
    await page.goto(page.url().replace(/#.*/, "#/break?q=xyzzy plugh frobnicate"));
    await page.locator(".run-first .command").first().waitFor();
    assert.match(await page.locator(".run-first").innerText(), /handshake-lab connect shop\.example:443/);
  }));

test("after a fault is broken again, the focus is on what it is called", () =>
  visit({ fragment: "#/break/cert-expired" }, async (page) => {
    await page.getByRole("button", { name: /apply the fix/i }).click();
    await page.waitForFunction(() => document.activeElement.matches(".finding.mended h2"));
    await page.getByRole("button", { name: "Break it again" }).click();
    await page.waitForFunction(() => document.activeElement.matches(".finding.broken > summary"));
    assert.match(await page.evaluate(() => document.activeElement.innerText), /Expired certificate/);
  }));

/** Chooses the answers by keyboard alone: the first radio of a group is reached by Tab, the rest by arrows. */
async function guess(page, { who, alert, reader, step = "none: all of them come" }) {
  await page.getByRole("radio", { name: who }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("combobox", { name: /^Which step of the good run/ }).selectOption(step);
  await page.getByRole("combobox", { name: "Which alert tells of it?" }).selectOption(alert);
  await page.getByRole("radio", { name: reader }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Check my guess" }).focus();
  await page.keyboard.press("Enter");
}

test("what will come of a fault is asked before its run is shown, and the answers are those of the run", async () => {
  for (const [fragment, answers, right] of [
    ["#/break/cert-expired", { who: "client", alert: "certificate_expired", reader: "No, it is encrypted" }, 3],
    ["#/break/cert-expired/tls12", { who: "client", alert: "certificate_expired", reader: "No, it is encrypted" }, 2],
    ["#/break/black-hole", { who: "nobody", alert: "no alert", reader: "There is none" }, 3],
    ["#/break/client-cert-missing", { who: "client", alert: "bad_certificate", reader: "Yes, it goes in the clear" }, 0],
  ]) {
    await visit({ fragment, asked: true }, async (page) => {
      await page.getByRole("heading", { level: 2, name: /^Guess first/ }).waitFor();
      assert.equal(await page.locator(".stage, .ladder, .finding").count(), 0, "the run is shown before the guess");
      await guess(page, answers);
      await page.getByRole("status").getByText(`${right} of 4 right`).waitFor();
      await page.waitForFunction(() => document.activeElement.innerText === "Show the run");
      await page.keyboard.press("Enter");
      const verdict = page.locator(".finding.broken");
      await verdict.waitFor();
      await page.waitForFunction(() => document.activeElement.matches(".step h1"));
      if (right === 3 && answers.who !== "nobody") assert.match(await verdict.innerText(), new RegExp(`the ${answers.who} noticed and sent ${answers.alert}`));
      // Another fault asks again.
      await page.evaluate(() => { location.hash = "#/break/revoked"; });
      await page.getByRole("heading", { level: 1, name: "Revoked certificate" }).waitFor();
    });
  }
});

test("the step that a run lacks is asked for, told, and the first that is marked beside the good run", () =>
  visit({ fragment: "#/break/cert-expired", asked: true }, async (page) => {
    const steps = page.getByRole("combobox", { name: /^Which step of the good run/ });
    await steps.waitFor();
    assert.ok((await steps.locator("option").count()) > 10);
    await guess(page, { who: "client", alert: "certificate_expired", reader: "No, it is encrypted" });
    const told = page.getByRole("status").locator("dd", { hasText: "(your guess: none: all of them come)" });
    const missing = (await told.locator("b").innerText()).split(" from the ")[0];
    await page.getByRole("button", { name: "Show the run" }).click();
    const [good, here] = [page.locator(".beside > div").first(), page.locator(".beside > div").last()];
    await good.waitFor();
    assert.equal(await good.locator(".parts a").innerText(), missing);
    assert.match(await here.locator(".parts").innerText(), /certificate_expired from the client/);
    // A step of this run is looked at here; one of the good run is a place of its own.
    await here.getByRole("link").first().click();
    await page.waitForFunction(() => location.hash.startsWith("#/break/cert-expired?step="));
    await good.getByRole("link").first().click();
    await page.waitForFunction(() => /^#\/lab\/tls13\?step=/.test(location.hash));
    assert.equal(await page.locator(".finding.broken").count(), 0);
  }));

test("the symptom stands under a fault's title, unless it tells the answer", async () => {
  for (const [fault, line, answers] of [
    ["cert-expired", /curl: \(60\) SSL certificate problem: certificate has expired/, false],
    ["self-signed", /curl: .*self-signed certificate/, false],
    ["client-cert-missing", /alert certificate required/, true],
    ["tampered-record", /curl: .*alert bad record mac/, true],
    ["pin-mismatch", /curl: \(90\) .*public key does not match pinned public key/, false],
    // Not observed: the client of the run says it.
    ["upstream-cert-expired", /502 Bad Gateway/, false],
  ]) {
    await visit({ fragment: `#/break/${fault}`, asked: true }, async (page) => {
      const seen = page.locator(".guess-seen");
      await seen.getByText(answers ? /names the alert/ : line).waitFor();
      if (answers) assert.doesNotMatch(await seen.innerText(), line);
      await page.getByRole("button", { name: "Skip, and show the run" }).click();
      await page.locator(".finding .facts dd").first().getByText(line).waitFor();
    });
  }
});

/** What a fault's facts say under a name; undefined where they have no such name. */
const fact = (page, name) =>
  page.locator(".finding .facts").evaluate((facts, name) => {
    const term = [...facts.querySelectorAll("dt")].find((term) => term.textContent === name);
    return term?.nextElementSibling.textContent;
  }, name);

test("a fault says what is at stake, and what comes of it in the other version where that differs", async () => {
  for (const { fault, stake, unnoticed = "Had nobody noticed", version = "In TLS 1.2", there } of [
    { fault: "cert-expired", stake: "Authentication", there: /certificate_expired.*in the clear/ },
    { fault: "cert-expired/tls12", stake: "Authentication", version: "In TLS 1.3", there: /certificate_expired.*encrypted/ },
    { fault: "black-hole", stake: "Availability", unnoticed: "As nobody notices" },
    { fault: "mitm-verification-off", stake: "Authentication", unnoticed: "As nobody notices" },
    { fault: "tampered-server-key-exchange", stake: "Authentication", version: "In TLS 1.3", there: /^not to be had: TLS 1\.3 has no/ },
  ]) {
    await visit({ fragment: `#/break/${fault}` }, async (page) => {
      await page.locator(".finding .facts").waitFor();
      assert.ok((await fact(page, "At stake")).startsWith(`${stake}: `), fault);
      assert.ok((await fact(page, unnoticed)).length > 40, fault);
      const told = await fact(page, version);
      if (there) assert.match(told, there, fault);
      else assert.equal(told, undefined, fault);
    });
  }
  await visit({ fragment: "#/break/cert-expired" }, async (page) => {
    await page.getByRole("link", { name: "See that run" }).click();
    await page.waitForFunction(() => /^#\/break\/cert-expired\/(tls12|tls13\+version=1\.2)/.test(location.hash));
    await page.getByRole("link", { name: "See that run" }).waitFor();
    assert.match(await fact(page, "In TLS 1.3"), /encrypted/);
  });
});

test("when verification is on again, the attacker is still there and is refused", () =>
  visit({ fragment: "#/break/mitm-verification-off" }, async (page) => {
    const fixed = page.locator(".finding.mended");
    await page.getByRole("button", { name: /apply the fix/i }).click();
    await page.waitForFunction(() => /^#\/lab\/.*fault=mitm-refused/.test(location.hash));
    await page.waitForFunction(() => document.activeElement.matches(".finding.mended h2"));
    assert.match(await fixed.innerText(), /Fixed: Attacker, and verification is off[^]*Still there: Attacker with its own certificate/);
    await page.keyboard.press("End");
    assert.match(await page.locator(".sequence").innerText(), /unknown_ca/);
    await page.getByRole("button", { name: "Break it again" }).click();
    await page.waitForFunction(() => location.hash.includes("fault=mitm-verification-off"));
    await page.waitForFunction(() => document.activeElement.matches(".finding.broken > summary"));
    // Once the fix is read, the run tells of the fault that it has.
    await page.getByRole("button", { name: /apply the fix/i }).click();
    await fixed.getByRole("button", { name: "Close" }).click();
    await page.locator(".finding.broken", { hasText: "Attacker with its own certificate" }).waitFor();
    await page.getByRole("button", { name: /apply the fix/i }).click();
    await page.waitForFunction(() => location.hash.startsWith("#/lab/") && !/fault=|intercept/.test(location.hash));
  }));

test("early data that is replayed is looked at where the copy comes, and through the eyes of the server that takes it", () =>
  visit({ fragment: "#/break/early-data-replayed" }, async (page) => {
    await page.waitForFunction(() => /conn=3/.test(location.hash) && /server/.test(location.hash));
    await page.locator(".ends .end.client", { hasText: "attacker" }).waitFor();
    await page.locator(".sequence", { hasText: "GET /" }).waitFor();
    const verdict = page.locator(".finding.broken");
    assert.match(await verdict.innerText(), /nobody noticed an error/i);
    await page.getByRole("button", { name: "connection 2 of 3" }).click();
    await verdict.getByText(/Nobody at this connection notices anything/).waitFor();
    await verdict.getByRole("button", { name: "connection 3" }).click();
    await page.waitForFunction(() => /conn=3/.test(location.hash));
    await page.locator(".ends .end.client", { hasText: "attacker" }).waitFor();
  }));

test("an attack with verification on and the same with it off lead to both beside each other", async () => {
  for (const fault of ["mitm-refused", "mitm-verification-off"]) {
    await visit({ fragment: `#/break/${fault}` }, async (page) => {
      await page.getByRole("link", { name: "See what that one line of code costs" }).click();
      await page.waitForFunction(() => /^#\/compare\/.*mitm-verification-off.*\/.*mitm-refused/.test(location.hash));
      await page.getByRole("heading", { level: 1 }).first().waitFor();
    });
  }
});

test("seconds since 1970 in an error have their dates behind them, in the verdict and in the panel", () =>
  visit({ fragment: "#/break/cert-expired?panel=errors" }, async (page) => {
    await page.locator(".finding .facts").waitFor();
    const dated = /\d{10} is 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC/;
    assert.match(await fact(page, "The client’s error"), dated);
    await page.getByText(/Reports:/).first().filter({ hasText: dated }).waitFor();
  }));

test("an unfinished guess is not taken, and skipped once no fault asks again in the visit", () =>
  visit({ fragment: "#/break", asked: true }, async (page) => {
    await page.getByRole("link", { name: /^Expired certificate/ }).first().click();
    await page.getByRole("button", { name: "Check my guess" }).click();
    await page.getByRole("button", { name: "Skip, and show the run" }).click();
    await page.locator(".finding.broken").waitFor();
    await page.waitForFunction(() => /step=\d+/.test(location.hash));
    for (const again of [() => page.goto(page.url().replace(/#.*/, "#/break/revoked")), () => page.reload()]) {
      await again();
      await page.locator(".finding.broken").waitFor();
      assert.equal(await page.locator(".guess").count(), 0);
    }
  }));

test("a link to a step, a frame and who searches are not asked", async () => {
  for (const fragment of ["#/break/cert-expired?step=9", "#/break/cert-expired?embed"]) {
    await visit({ fragment, asked: true }, async (page) => {
      await page.locator(".finding.broken").waitFor();
      assert.equal(await page.locator(".guess").count(), 0, fragment);
    });
  }
  await visit({ fragment: "#/break?q=certificate", asked: true }, async (page) => {
    await rows(page).first().click();
    await page.locator(".finding.broken").waitFor();
    assert.equal(await page.locator(".guess").count(), 0);
  });
  await visit({ fragment: "#/lab/tls13", asked: true }, async (page) => {
    await page.getByRole("button", { name: "Search" }).first().click();
    await page.getByRole("combobox", { name: "Search" }).fill("SEC_ERROR_EXPIRED_CERTIFICATE");
    await page.getByRole("option").first().filter({ hasText: "Expired certificate" }).click();
    await page.locator(".finding.broken").waitFor();
    assert.equal(await page.locator(".guess").count(), 0);
  });
});
