// Two runs side by side.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS, title, visit } from "./browser.mjs";

/** The cells of a row of the figures: of A, of B. */
const figure = (page, name) => page.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell").allInnerTexts();

/** The row of a step by its title, where both runs have it. */
const row = (page, name) => page.locator(".pair", { has: page.getByRole("link", { name: new RegExp(`^A, .*: ${name}$`) }) });

/** The row whose step stands alone. */
const alone = (page, mark, name) => page.locator(`.pair.${mark}`, { has: page.getByRole("link", { name: new RegExp(`: ${name}$`) }) });

test("TLS 1.2 and 1.3 stand beside each other, with their figures", () =>
  visit({ fragment: "#/compare" }, async (page) => {
    await page.getByRole("heading", { name: "Compare two runs", level: 1 }).waitFor();
    assert.deepEqual(await figure(page, "version"), ["TLS 1.2", "TLS 1.3"]);
    assert.deepEqual(await figure(page, "round trips of the TLS handshake"), ["2", "1"]);
    assert.deepEqual(await figure(page, "first application data after"), ["240 ms", "160 ms"]);
    assert.equal(await row(page, "ClientHello").count(), 1);
    assert.equal(await alone(page, "is-a", "ServerKeyExchange").count(), 1);
    assert.equal(await alone(page, "is-b", "EncryptedExtensions").count(), 1);
    assert.match(await alone(page, "is-b", "Finished").innerText(), /not here, but as step \d+/);
  }));

test("each run is headed by what the lab calls it, and its text form stands below", () =>
  visit({ fragment: "#/compare/tls13+seed=7/tls13+fault=cert-expired" }, async (page) => {
    const heads = page.locator(".pair-figures thead th");
    await heads.first().waitFor();
    assert.deepEqual(await heads.getByRole("link").allInnerTexts(), ["TLS 1.3", "TLS 1.3"]);
    assert.deepEqual(await heads.locator("span.pair-run").allInnerTexts(), ["seed 7", "Expired certificate · seed 42"]);
    assert.deepEqual(await heads.locator("code").allInnerTexts(), ["tls13+seed=7", "tls13+fault=cert-expired"]);
    // The list has no such run of its own: it is named there as well.
    const chosen = page.getByRole("combobox", { name: "A", exact: true }).locator("option:checked");
    assert.equal(await chosen.textContent(), "TLS 1.3 · seed 7");
    await heads.getByRole("link").last().click();
    assert.match(await page.evaluate(() => location.hash), /tls13\+fault=cert-expired/);
  }));

test("a sentence says what the difference is, before the steps, and where it begins", () =>
  visit({ fragment: "#/compare/tls13/tls13+fault=cert-expired" }, async (page) => {
    const lede = page.locator(".pair-lede");
    assert.match(await lede.innerText(), /A sends its first application data after 160 ms, B never sends any\./);
    assert.equal(await lede.getByRole("link").innerText(), "Certificate");
    const first = page.locator(".pair:visible").first();
    assert.match(await first.getAttribute("class"), /is-(different|random|a|b)/);
    await lede.getByRole("link").click();
    assert.equal(await title(page), "Certificate");
    await page.evaluate(() => { location.hash = "#/compare"; });
    await lede.filter({ hasText: "B sends its first application data 80 ms earlier than A" }).waitFor();
    assert.match(await lede.innerText(), /1 round trip instead of 2/);
    await page.evaluate(() => { location.hash = "#/compare/tls13/tls13"; });
    await lede.filter({ hasText: "Nothing differs" }).waitFor();
    assert.equal(await lede.getByRole("link").count(), 0);
  }));

test("what is the same is out of the way until it is asked for", () =>
  visit({ fragment: "#/compare/tls13/tls13+fault=cert-expired" }, async (page) => {
    const same = page.locator(".pair.is-same");
    await page.locator(".pair").first().waitFor({ state: "attached" });
    assert.ok((await same.count()) > 2);
    assert.equal(await same.first().isVisible(), false);
    await page.getByLabel("only differences").uncheck();
    assert.equal(await same.first().isVisible(), true);
    assert.equal(await page.getByRole("row", { name: /^version/ }).count(), 0);
    await page.getByText(/^The same in both: \d+ figures?$/).click();
    assert.deepEqual(await figure(page, "version"), ["TLS 1.3"]);
  }));

test("a pair opens by keyboard to its fields, and a value leads to the field in the lab", () =>
  visit({ fragment: "#/compare/tls12/tls13" }, async (page) => {
    const hello = row(page, "ClientHello");
    const button = hello.getByRole("button");
    await button.focus();
    await page.keyboard.press("Enter");
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    const versions = hello.getByRole("row", { name: /supported_versions › versions/ });
    assert.deepEqual(await versions.getByRole("link").allInnerTexts(), ["TLS 1.2", "TLS 1.3"]);
    assert.match(await page.evaluate(() => location.hash), /sel=3/);
    // What is open stands in the link.
    await page.reload();
    await versions.getByRole("link", { name: "TLS 1.3" }).click();
    assert.equal(await title(page), "ClientHello");
    const selected = await page.locator(".step [role=treeitem][aria-selected=true], .step [role=row][aria-selected=true]").first().innerText();
    assert.match(selected, /versions/);
    await page.goBack();
    await versions.waitFor();
  }));

test("ready-made pairs, the lists and the exchange of A and B write the address", () =>
  visit({ fragment: "#/compare" }, async (page) => {
    const hash = () => page.evaluate(() => location.hash);
    await page.getByRole("link", { name: "One-way and mutual" }).click();
    await alone(page, "is-b", "CertificateRequest").waitFor();
    assert.equal(await hash(), "#/compare/tls13/tls13-mtls");
    await page.getByRole("button", { name: "Exchange A and B" }).click();
    await alone(page, "is-a", "CertificateRequest").waitFor();
    assert.equal(await hash(), "#/compare/tls13-mtls/tls13");
    await page.getByRole("combobox", { name: "B", exact: true }).selectOption({ label: "Expired certificate" });
    await alone(page, "is-b", "certificate_expired").waitFor();
    assert.equal(await hash(), "#/compare/tls13-mtls/tls13+fault=cert-expired");
    await page.getByRole("link", { name: "RSA and ephemeral key exchange" }).click();
    await alone(page, "is-b", "ServerKeyExchange").waitFor();
  }));

test("runs that differ by their seed alone differ in random fields alone", () =>
  visit({ fragment: "#/compare/tls13/tls13+seed=7" }, async (page) => {
    await row(page, "ServerHello").waitFor();
    assert.equal(await page.locator(".pair:not(.is-same):not(.is-random)").count(), 0);
    await row(page, "ServerHello").getByRole("button").click();
    assert.match(await row(page, "ServerHello").innerText(), /random in each run/);
  }));

test("the lab leads here with its run, and a fault with its good run", () =>
  visit({ fragment: "#/lab/tls13+seed=7" }, async (page) => {
    await page.getByRole("navigation", { name: "Views of the run" }).getByRole("link", { name: "Compare" }).click();
    await row(page, "ClientHello").waitFor();
    assert.deepEqual(await figure(page, "version"), ["TLS 1.3", "TLS 1.2"]);
    await page.evaluate(() => { location.hash = "#/lab/tls12+fault=cert-expired"; });
    await page.getByRole("link", { name: "Compare with the good run" }).click();
    await alone(page, "is-b", "certificate_expired").waitFor();
    assert.deepEqual(await figure(page, "first application data after"), ["240 ms", "never"]);
  }));

test("a scenario that cannot be run is told, and the lists stay", () =>
  visit({ fragment: "#/compare/tls13/nosuch" }, async (page) => {
    const told = page.locator(".compare [role=alert]");
    assert.match(await told.locator(":scope > p").innerText(), /nosuch/);
    // What would be right is a long list: one sentence says what is wrong, and the list is there for who asks.
    assert.doesNotMatch(await told.locator(":scope > p").innerText(), /cert-expired/);
    assert.ok((await told.boundingBox()).height < 120);
    await told.getByText("What would be right").click();
    assert.match(await told.locator("details p").innerText(), /tls13[\s\S]*cert-expired/);
    await page.getByRole("combobox", { name: "B", exact: true }).selectOption("tls12");
    await row(page, "ClientHello").waitFor();
  }));

test("on a phone a pair stands in one column", () =>
  visit({ fragment: "#/compare", viewport: WIDTHS.phone }, async (page) => {
    const [a, b] = await Promise.all([0, 1].map((at) => row(page, "ClientHello").locator(".seat").nth(at).boundingBox()));
    assert.equal(a.x, b.x);
    assert.ok(b.y >= a.y + a.height - 1);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= WIDTHS.phone.width);
  }));
