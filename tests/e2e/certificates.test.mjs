// Certificates: those that are given are read and judged, those of recipes are made; both without a mouse,
// at every width, and with input that is broken.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { altered } from "./altered.mjs";
import { WIDTHS, tabTo, visit } from "./browser.mjs";

const READ = "#/certificates";
const MAKE = "#/certificates/make/private-ca";

const text = (page) => page.getByRole("textbox", { name: /^Paste certificates/ });
const verdict = (page) => page.locator(".certificates .finding", { hasText: "It would be" });
const objects = (page) => page.locator(".object");
const object = (page, name) => objects(page).filter({ has: page.getByRole("heading", { name }) });

/** A folder with what OpenSSL makes: a root, a leaf of it, and a store of both. */
function made() {
  const folder = mkdtempSync(join(tmpdir(), "certificates-"));
  const openssl = (...args) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "root.key", "-out", "root.crt",
    "-subj", "/CN=Test Root", "-days", "9", "-addext", "keyUsage=keyCertSign");
  openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=leaf");
  writeFileSync(join(folder, "extensions"), "subjectAltName=DNS:www.example.com\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth");
  openssl("x509", "-req", "-in", "leaf.csr", "-CA", "root.crt", "-CAkey", "root.key", "-days", "9", "-extfile", "extensions", "-out", "leaf.crt");
  openssl("pkcs12", "-export", "-in", "leaf.crt", "-inkey", "leaf.key", "-certfile", "root.crt", "-passout", "pass:changeit", "-out", "store.p12");
  return (name) => join(folder, name);
}

test("a chain that OpenSSL made is read, judged for a host, and its key belongs to it", () =>
  visit({ fragment: READ }, async (page) => {
    const file = made();
    await page.getByText("What can be read", { exact: true }).waitFor();
    const pem = ["leaf.crt", "leaf.key"].map((name) => readFileSync(file(name), "utf8")).join("");
    await text(page).fill(pem);
    await page.getByRole("textbox", { name: "Host or address" }).fill("www.example.com");
    await page.getByRole("heading", { name: "It would be refused" }).waitFor();
    assert.match(await verdict(page).innerText(), /CN=Test Root, which issued CN=leaf, is missing/);
    await page.getByRole("button", { name: "my own" }).click();
    await page.getByRole("textbox", { name: /^Roots of your own/ }).fill(readFileSync(file("root.crt"), "utf8"));
    await page.getByRole("heading", { name: "It would be taken" }).waitFor();
    const told = await verdict(page).innerText();
    assert.match(told, /a client would take it for www\.example\.com/);
    assert.match(told, /belongs to it/);
    await page.getByText("The checks, and what was compared").click();
    assert.match(await verdict(page).innerText(), /wanted www\.example\.com; the certificate is for www\.example\.com/);
    await page.getByRole("textbox", { name: "Host or address" }).fill("other.example.com");
    await page.getByRole("heading", { name: "It would be refused" }).waitFor();
    assert.match(await verdict(page).innerText(), /Ask for a name that would do: www\.example\.com/);
    // The key is nowhere but where it was pasted.
    const [, line] = readFileSync(file("leaf.key"), "utf8").split("\n");
    const shown = await page.evaluate(() => [document.body.innerText, location.href, ...Object.values(localStorage), ...Object.values(sessionStorage)].join());
    assert.ok(!shown.includes(line));
  }));

test("the bytes of a certificate are those of its file, and each field says what it is", () =>
  visit({ fragment: READ }, async (page) => {
    const file = made();
    await text(page).fill(readFileSync(file("leaf.crt"), "utf8"));
    await page.getByRole("button", { name: "Fields and bytes" }).click();
    const der = execFileSync("openssl", ["x509", "-in", file("leaf.crt"), "-outform", "DER"]);
    assert.equal((await page.locator(".certificates .hex .b").allTextContents()).join("").replaceAll(/\s/g, ""), der.toString("hex"));
    await page.locator(".certificates").getByRole("treeitem", { name: /serialNumber/ }).first().click();
    assert.match(await page.locator(".field-note").innerText(), /The issuer gives no two certificates the same/);
  }));

test("a store asks for its password, and tells of one that does not fit", () =>
  visit({ fragment: READ }, async (page) => {
    const file = made();
    await page.locator("input[type=file]").setInputFiles(file("store.p12"));
    await page.getByText(/give its password above/).waitFor();
    const password = page.getByLabel("Password of the key or the store");
    await password.fill("other");
    await password.press("Enter");
    await page.getByText(/the password is wrong/).waitFor();
    await password.fill("changeit");
    await password.press("Enter");
    await page.getByRole("status").filter({ hasText: "Read: 3" }).waitFor();
    await page.getByRole("button", { name: "Trust the root among them" }).click();
    await page.getByRole("heading", { name: "It would be taken" }).waitFor();
    await page.getByRole("button", { name: "Take store.p12 away" }).click();
    await page.getByText("What can be read", { exact: true }).waitFor();
  }));

test("what cannot be read is told with its place, and the rest is shown all the same", () =>
  visit({ fragment: READ }, async (page) => {
    const pem = readFileSync(made()("leaf.crt"), "utf8");
    await text(page).fill(`${pem.replace("MII", "M*I")}${pem}-----BEGIN CERTIFICATE-----\nMIIB\n`);
    await page.getByRole("heading", { name: "Could not be read" }).waitFor();
    const told = await page.locator(".finding.broken").first().innerText();
    assert.match(told, /line 1 cannot be read: base64 expected at character 1/);
    assert.match(told, /-----END CERTIFICATE----- expected, but the text ends/);
    await page.getByRole("heading", { name: "CN=leaf" }).waitFor();
    await text(page).fill("hello");
    await page.getByText(/PEM, DER or what a program prints of certificates expected at byte 0/).waitFor();
    await text(page).fill("curl: (60) SSL certificate problem: unable to get local issuer certificate");
    await page.getByRole("heading", { name: "What a program said" }).waitFor();
    await page.getByRole("textbox", { name: "Host or address" }).fill("not a host");
    await text(page).fill(pem);
    await page.getByText("not a host is no host name; write a name like www.example.com").waitFor();
    assert.equal(await verdict(page).count(), 0);
    await page.getByRole("textbox", { name: "Host or address" }).fill("https://www.example.com:443/a");
    await page.getByText(/^Asked for www\.example\.com:/).waitFor();
    assert.match(await verdict(page).innerText(), /would refuse it for www\.example\.com, at/);
    await page.getByRole("textbox", { name: "Host or address" }).fill("");
    await page.getByText(/No host was asked for, so its names were not compared/).waitFor();
    await page.getByRole("button", { name: "my own" }).click();
    await page.getByRole("textbox", { name: /^Roots of your own/ }).fill("curl: (60) SSL certificate problem: certificate has expired");
    await page.getByText("roots of your own: no certificate is in it").waitFor();
  }));

test("what breaks half-way is shown as far as it goes, with what was expected where", () =>
  visit({ fragment: READ }, async (page) => {
    const pem = readFileSync(made()("leaf.crt"), "utf8");
    const middle = Math.floor(pem.length / 2);
    await text(page).fill(`${pem.slice(0, middle)}*${pem.slice(middle + 1)}`);
    const broken = page.locator(".finding.broken");
    await broken.getByText("What could be read of this certificate").waitFor();
    const told = await broken.innerText();
    assert.match(told, /issuer\s+CN=Test Root/);
    assert.match(told, /at byte \d+: more of Certificate › tbsCertificate[^]* expected, but the bytes end/);
    await broken.getByRole("button", { name: "Fields and bytes of the certificate at pasted text, line 1" }).click();
    await broken.locator("[role=treeitem]", { hasText: "cut off" }).first().waitFor();
    const shown = (await page.locator(".certificates .hex .b").allTextContents()).join("").replaceAll(/\s/g, "");
    const der = Buffer.from(pem.replaceAll(/-----.*-----/g, ""), "base64").toString("hex");
    assert.ok(shown.length > 100 && der.startsWith(shown), shown);
  }));

test("a store shows its container, and a private key its bytes only to who asks", () =>
  visit({ fragment: READ }, async (page) => {
    const file = made();
    await page.locator("input[type=file]").setInputFiles(file("store.p12"));
    const password = page.getByLabel("Password of the key or the store");
    await password.fill("changeit");
    await password.press("Enter");
    await page.getByRole("status").filter({ hasText: "Read: 3" }).waitFor();
    const store = page.locator(".certificate", { hasText: "PKCS #12 store" });
    await store.getByRole("button", { name: /of the PKCS #12 store at store\.p12, as it is/ }).click();
    await store.locator("[role=treeitem]", { hasText: "encryptedData" }).first().waitFor();
    await store.getByRole("button", { name: /contents 1, decrypted/ }).click();
    await store.locator("[role=treeitem]", { hasText: "x509Certificate" }).first().waitFor();
    const der = execFileSync("openssl", ["pkcs8", "-topk8", "-nocrypt", "-in", file("leaf.key"), "-outform", "DER"]).toString("hex");
    const hex = async () => (await page.locator(".certificates .hex .b").allTextContents()).join("").replaceAll(/\s/g, "");
    assert.ok(!(await hex()).includes(der));
    const key = page.locator(".certificate", { hasText: "private key," });
    await key.getByRole("button", { name: /^Show the private key/ }).click();
    await key.locator("[role=treeitem]", { hasText: "INTEGER" }).first().waitFor();
    assert.equal(await hex(), der);
    // It is nowhere but on the screen, and gone from there when it is closed.
    const kept = await page.evaluate(() => [location.href, ...Object.values(localStorage), ...Object.values(sessionStorage)].join());
    assert.ok(!kept.includes(der));
    await key.getByRole("button", { name: /^Show the private key/ }).click();
    assert.equal(await page.locator(".certificates .hex").count(), 0);
  }));

test("two leaves are compared, the older first, and what differs is marked", () =>
  visit({ fragment: READ }, async (page) => {
    const file = made();
    execFileSync("openssl", ["x509", "-req", "-in", file("leaf.csr"), "-CA", file("root.crt"), "-CAkey", file("root.key"), "-days", "20", "-out", file("new.crt")], { stdio: "pipe" });
    const both = page.getByRole("region", { name: "Before and after a renewal" });
    await page.locator("input[type=file]").setInputFiles(file("leaf.crt"));
    await verdict(page).waitFor();
    assert.equal(await both.count(), 0);
    await page.locator("input[type=file]").setInputFiles(file("new.crt"));
    await both.waitFor();
    const told = await both.innerText();
    assert.match(told, /names: No longer: www\.example\.com\. Clients that ask for it will refuse the new one/);
    assert.match(told, /key: The same key/);
    assert.match(told, /issuer: The same: CN=Test Root/);
    assert.match(await both.getByRole("row", { name: /validity › notAfter/ }).innerText(), /UTC[^]*UTC/);
    await both.getByText(/fields? that differ in any two certificates/).click();
    await both.getByRole("row", { name: /serialNumber/ }).waitFor();
  }));

test("who would do what is told: a browser that has met the intermediate takes what others refuse", () =>
  visit({ fragment: READ }, async (page) => {
    await page.getByRole("button", { name: "Try an example" }).click();
    await verdict(page).waitFor();
    const rows = verdict(page).locator(".opinions li");
    const told = await rows.allInnerTexts();
    assert.equal(told.length, 3);
    assert.match(told[0], /a strict client would refuse it: the first reason above/);
    assert.match(told[1], /a lenient client would refuse it/);
    assert.match(told[2], /a browser would take it: it has .* from an earlier visit/);
    await page.getByRole("combobox", { name: "Who judges" }).selectOption("server");
    await page.waitForFunction(() => document.querySelectorAll(".opinions li").length === 2);
  }));

test("the public roots are fetched when there is something to judge by them, and it is told where they cannot be had", () =>
  visit({ fragment: READ }, async (page) => {
    const asked = [];
    page.on("request", (request) => /\/roots-/.test(request.url()) && asked.push(request.url()));
    await page.getByRole("button", { name: "Try an example" }).click();
    await verdict(page).waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("What can be read", { exact: true }).waitFor();
    await text(page).fill(readFileSync(made()("leaf.key"), "utf8"));
    await page.getByRole("status").filter({ hasText: "Read: 1" }).waitFor();
    assert.deepEqual(asked, []);
    await text(page).fill(readFileSync(made()("leaf.crt"), "utf8"));
    await page.getByText(/with 1\d\d trusted roots/).waitFor();
    assert.equal(asked.length, 1);
  }));

test("where the public roots cannot be loaded nothing is judged by them, and others can be trusted", () =>
  altered({ address: (url) => url + READ }, async (page) => {
    await page.waitForSelector("html[data-ready]");
    await page.route(/\/roots-/, (route) => route.abort());
    await text(page).fill(readFileSync(made()("leaf.crt"), "utf8"));
    await page.getByText(/The public roots could not be loaded/).waitFor();
    assert.equal(await verdict(page).count(), 0);
    await page.getByRole("button", { name: "the lab’s" }).click();
    await verdict(page).waitFor();
    await page.getByRole("button", { name: /^public/ }).click();
    await page.getByText(/The public roots could not be loaded/).waitFor();
    await page.unroute(/\/roots-/);
    await page.getByRole("button", { name: "Load the public roots again" }).click();
    await page.getByText(/with 1\d\d trusted roots/).waitFor();
  }));

test("every example is refused, as its run was, or taken with a warning", () =>
  visit({ fragment: READ }, async (page) => {
    await page.getByRole("button", { name: "Try an example" }).click();
    await page.getByRole("heading", { name: "It would be refused" }).waitFor();
    const select = page.getByRole("combobox", { name: "Other examples" });
    const ids = await select.locator("option").evaluateAll((found) => found.map((one) => one.value).filter(Boolean));
    assert.ok(ids.length >= 10, `${ids.length} examples`);
    let taken = 0;
    for (const id of ids) {
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByText("What can be read", { exact: true }).waitFor();
      await select.selectOption("");
      await select.selectOption(id);
      await page.waitForFunction(() => document.querySelector(".give textarea").value !== "");
      await verdict(page).first().waitFor();
      const told = await verdict(page).first().innerText();
      if (told.includes("It would be taken")) {
        taken += 1;
        assert.match(told, /warning:/, id);
      }
    }
    assert.ok(taken <= 1, `${taken} of ${ids.length} are taken`);
  }));

test("after an example, what is given next is not judged by what the example asked", () =>
  visit({ fragment: READ }, async (page) => {
    const host = page.getByRole("textbox", { name: "Host or address" });
    const at = page.getByLabel(/^At \(UTC\)/);
    await page.getByRole("button", { name: "Try an example" }).click();
    await verdict(page).waitFor();
    assert.notEqual(await host.inputValue(), "");
    assert.notEqual(await at.inputValue(), "");
    await page.getByRole("button", { name: "Fields and bytes" }).first().click();
    await page.locator(".certificates [role=treeitem]").nth(1).click();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("What can be read", { exact: true }).waitFor();
    assert.deepEqual([await host.inputValue(), await at.inputValue()], ["", ""]);
    assert.equal(await page.getByRole("button", { name: /^public/ }).getAttribute("aria-pressed"), "true");
    await text(page).fill(readFileSync(made()("leaf.crt"), "utf8"));
    await verdict(page).waitFor();
    // Nothing is open, or selected, of what was there before.
    assert.equal(await page.locator(".certificates .hex").count(), 0);
    assert.equal(await page.evaluate(() => location.hash), READ);
  }));

test("the checks stay open while the question is written, and a moment that is incomplete keeps its fields", () =>
  visit({ fragment: READ }, async (page) => {
    await text(page).fill(readFileSync(made()("leaf.crt"), "utf8"));
    await page.getByText("The checks, and what was compared").click();
    await page.getByRole("textbox", { name: "Host or address" }).pressSequentially("www.example.com");
    await page.getByText(/would refuse it for www\.example\.com, at/).waitFor();
    assert.equal(await page.locator(".finding details[open]").count(), 1);
    const at = page.getByLabel(/^At \(UTC\)/);
    await at.fill("2026-01-15T12:34:56");
    await page.getByText(/, at 2026-01-15 12:34:56 UTC/).first().waitFor();
    // The first field of the control is emptied; the others are as they were when it is filled again.
    await at.focus();
    await page.keyboard.press("Backspace");
    assert.equal(await at.inputValue(), "");
    await page.keyboard.press("ArrowUp");
    await page.waitForFunction(() => /T12:34:56$/.test(document.querySelector("input[type=datetime-local]").value));
  }));

test("what is pressed keeps the focus, or hands it on", () =>
  visit({ fragment: READ }, async (page) => {
    const file = made();
    const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);
    await page.locator("input[type=file]").setInputFiles([file("leaf.crt"), file("root.crt")]);
    const trust = page.getByRole("button", { name: "Trust the root among them" });
    await trust.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-disabled") === "true");
    assert.equal(await focused(), "Trust the root among them");
    await page.getByRole("button", { name: "Take leaf.crt away" }).press("Enter");
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "Take root.crt away");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.matches(".give textarea"));
  }));

test("a recipe's objects are made in order, are what OpenSSL reads, and say how others make the same", () =>
  visit({ fragment: `${MAKE}?seed=7` }, async (page) => {
    await objects(page).first().waitFor();
    const steps = await page.locator(".step").getByRole("heading", { level: 3 }).allInnerTexts();
    assert.match(steps[0], /^1\. Root root/);
    assert.ok(steps.some((step) => /Intermediate intermediate/.test(step)) && steps.some((step) => /Server orders/.test(step)), steps.join("\n"));
    const headings = await objects(page).getByRole("heading", { level: 4 }).allInnerTexts();
    assert.match(headings[0], /^private key root/);
    assert.ok(headings.some((heading) => /request orders/.test(heading)) && headings.some((heading) => /bundle trusted/.test(heading)), headings.join("\n"));
    const leaf = object(page, /certificate orders/);
    const [folder] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /as a folder/ }).click()]);
    assert.equal(folder.suggestedFilename(), "a-private-ca-for-services.zip");
    const zip = readFileSync(await folder.path(), "latin1");
    assert.ok(zip.startsWith("PK") && zip.includes("a-private-ca-for-services/orders.crt") && zip.includes("a-private-ca-for-services/README.md"));
    const [download] = await Promise.all([page.waitForEvent("download"), leaf.getByRole("button", { name: "Save orders.crt", exact: true }).click()]);
    const path = await download.path();
    assert.match(execFileSync("openssl", ["x509", "-in", path, "-noout", "-subject"]).toString(), /orders\.example\.com/);
    await leaf.getByRole("button", { name: /^openssl and keytool/ }).click();
    const commands = await leaf.innerText();
    assert.match(commands, /openssl x509 -req/);
    assert.match(commands, /keytool -gencert/);
    await leaf.getByRole("button", { name: /^What is in it/ }).click();
    assert.match(await leaf.innerText(), /orders\.example\.com[^]*digitalSignature/);
    await leaf.getByRole("button", { name: /^PEM/ }).click();
    const before = await leaf.locator("pre").first().innerText();
    assert.equal(before.trim(), readFileSync(path, "utf8").trim());
    // A private key is not there before it is asked for.
    assert.ok(!(await page.content()).includes("PRIVATE KEY-----"));
    await object(page, /private key orders/).getByRole("button", { name: /^Show the private key/ }).click();
    assert.match(await object(page, /private key orders/).innerText(), /BEGIN PRIVATE KEY/);
    const request = object(page, /request orders/);
    await request.getByRole("button", { name: /^What is in it/ }).click();
    await request.getByRole("button", { name: /^Fields and bytes/ }).click();
    await request.locator("[role=treeitem]", { hasText: "certificationRequestInfo" }).first().waitFor();
    await request.locator("[role=treeitem]", { hasText: "subjectPKInfo" }).first().click();
    assert.match(await request.locator(".field-note").innerText(), /stays with its owner[^]*RFC 2986/);
    const run = (one) => one.getByRole("link", { name: /^Run a handshake with it/ });
    assert.equal(await run(leaf).getAttribute("href"), "#/lab/tls13+certs=private-ca@7,orders");
    assert.equal(await run(object(page, /certificate billing/)).getAttribute("href"), "#/lab/tls13-mtls+certs=private-ca@7,billing");
    assert.equal(await run(object(page, /certificate root/)).count(), 0);
    // Nothing is wrong with it, so it is like no fault.
    assert.equal(await leaf.getByRole("link", { name: /^Run one like it/ }).count(), 0);
    await leaf.getByRole("button", { name: "See it judged" }).click();
    await page.getByRole("heading", { name: "It would be taken" }).waitFor();
    assert.equal(await page.evaluate(() => location.hash), READ);
    await page.goBack();
    await objects(page).first().waitFor();
    assert.equal(await page.evaluate(() => location.hash), `${MAKE}?seed=7`);
  }));

test("the recipe and the seed that were chosen are those of the tab, and what is no seed is put back", () =>
  visit({ fragment: "#/certificates/make/curl-client?seed=7" }, async (page) => {
    await objects(page).first().waitFor();
    const seed = page.getByRole("spinbutton", { name: "Seed" });
    await seed.fill("-5");
    await seed.press("Enter");
    await page.waitForFunction(() => document.querySelector(".make-settings input").value === "7");
    await page.getByRole("link", { name: /^Read:/ }).click();
    await page.getByText("What can be read", { exact: true }).waitFor();
    await page.getByRole("link", { name: /^Make:/ }).click();
    await objects(page).first().waitFor();
    assert.equal(await page.evaluate(() => location.hash), "#/certificates/make/curl-client?seed=7");
  }));

test("another seed gives other certificates, and the same address the same", () =>
  visit({ fragment: `${MAKE}?seed=7` }, async (page) => {
    const facts = object(page, /certificate orders/).locator(".cards .pairs");
    const serial = async () => {
      if (!(await facts.count())) await object(page, /certificate orders/).getByRole("button", { name: /^What is in it/ }).click();
      return facts.innerText();
    };
    const first = await serial();
    await page.getByRole("spinbutton", { name: "Seed" }).fill("8");
    await page.getByRole("spinbutton", { name: "Seed" }).press("Enter");
    await page.waitForFunction(() => location.hash.endsWith("seed=8"));
    await page.getByText(/^Made again, with \d+ objects? changed/).waitFor();
    assert.notEqual(await serial(), first);
    await page.goto(page.url().replace("seed=8", "seed=7"));
    await page.reload();
    await objects(page).first().waitFor();
    assert.equal(await serial(), first);
  }));

test("a recipe can be changed, and what is wrong in it is told with its line", () =>
  visit({ fragment: MAKE }, async (page) => {
    await page.getByText("The recipe as text").click();
    const editor = page.getByRole("textbox", { name: "The recipe, as TOML" });
    const recipe = await editor.inputValue();
    await editor.fill(recipe.replace(/^days = /m, "dais = "));
    await page.getByText(/^line \d+: unknown field `dais`/).waitFor();
    assert.equal(await page.getByRole("button", { name: "Make this" }).getAttribute("aria-disabled"), "true");
    await editor.fill(recipe.replaceAll("orders.example.com", "other.example.com"));
    await page.getByRole("button", { name: "Make this" }).click();
    const leaf = object(page, /certificate orders/);
    await leaf.getByRole("button", { name: /^What is in it/ }).click();
    assert.match(await leaf.innerText(), /other\.example\.com/);
    assert.match(await page.evaluate(() => location.hash), /[?&]own=\d+\.[\w-]+$/);
    // It is still there after a look at what becomes of it, and after one at the other half.
    await leaf.getByRole("button", { name: "See it judged" }).click();
    await page.getByText(/a client would take it for other\.example\.com/).waitFor();
    await page.goBack();
    await leaf.waitFor();
    await page.getByText("The recipe as text").click();
    assert.match(await editor.inputValue(), /other\.example\.com/);
    await leaf.getByRole("button", { name: /^What is in it/ }).click();
    assert.match(await leaf.innerText(), /other\.example\.com/);
    await page.getByRole("button", { name: "As it came" }).click();
    assert.equal(await editor.inputValue(), recipe);
    await page.waitForFunction((hash) => location.hash === hash, MAKE);
  }));

const step = (page, name) => page.locator(".step").filter({ has: page.getByRole("heading", { level: 3, name }) });

test("a form changes the recipe, what changed is marked, and the address makes the same elsewhere", () =>
  visit({ fragment: MAKE }, async (page) => {
    await objects(page).first().waitFor();
    const orders = step(page, /Server orders/);
    await orders.getByRole("button", { name: /^Change it/ }).click();
    const kind = orders.getByRole("combobox", { name: "Kind of name 2" });
    await kind.selectOption("ip");
    const added = orders.getByRole("textbox", { name: /^name 2/ });
    await added.fill("192.0.2.7");
    await added.press("Enter");
    const leaf = object(page, /certificate orders/);
    await leaf.getByRole("heading", { name: "What changed" }).waitFor();
    assert.match(await leaf.locator(".changed").innerText(), /subjectAltName[^]*iPAddress 192\.0\.2\.7/);
    assert.match((await leaf.locator(".changed-lines mark").allInnerTexts()).join(" "), /IP:192\.0\.2\.7/);
    // What did not change has no mark, and the form is still open, with one row more.
    assert.equal(await object(page, /certificate billing/).locator(".changed").count(), 0);
    await orders.getByRole("textbox", { name: "name 3, to add" }).waitFor();
    await page.getByText(/^Made again, with \d+ objects? changed/).waitFor();
    await page.getByText("The recipe as text").click();
    const editor = page.getByRole("textbox", { name: "The recipe, as TOML" });
    assert.match(await editor.inputValue(), /names = \["dns:orders\.example\.com", "ip:192\.0\.2\.7"\]/);
    // The text fills the form.
    await editor.fill((await editor.inputValue()).replace("ip:192.0.2.7", "uri:spiffe://example.com/orders"));
    await page.getByRole("button", { name: "Make this" }).click();
    await page.waitForFunction(() => [...document.querySelectorAll(".step-names input")].some((one) => one.value === "spiffe://example.com/orders"));
    assert.equal(await kind.inputValue(), "uri");
    await page.getByText(/uniformResourceIdentifier spiffe/).first().waitFor();
    const link = page.url();
    await page.goto(link);
    await page.reload();
    await leaf.getByRole("button", { name: /^What is in it/ }).click();
    await leaf.getByText(/spiffe:\/\/example\.com\/orders/).first().waitFor();
  }));

test("all that differs from the recipe as it was opened stays marked, and is put back at once", () =>
  visit({ fragment: MAKE }, async (page) => {
    await objects(page).first().waitFor();
    const told = page.locator(".make-told");
    assert.equal(await told.innerText(), "");
    const change = async (name, days) => {
      const one = step(page, new RegExp(`(Server|Client) ${name}`));
      await one.getByRole("button", { name: /^Change it/ }).click();
      const field = one.getByRole("textbox", { name: "Days" });
      await field.fill(days);
      await field.press("Enter");
      await object(page, new RegExp(`certificate ${name}`)).locator(".changed").waitFor();
    };
    await change("orders", "7");
    await change("billing", "8");
    assert.equal(await object(page, /certificate orders/).locator(".changed").count(), 1);
    // A look at the other half, and back.
    await object(page, /certificate orders/).getByRole("button", { name: "See it judged" }).click();
    await page.getByText(/a client would take it/).waitFor();
    await page.goBack();
    await object(page, /certificate billing/).locator(".changed").waitFor();
    assert.equal(await object(page, /certificate orders/).locator(".changed").count(), 1);
    await page.getByRole("spinbutton", { name: "Seed" }).fill("8");
    await page.getByRole("spinbutton", { name: "Seed" }).press("Enter");
    await page.waitForFunction(() => location.hash.includes("seed=8"));
    const back = page.getByRole("button", { name: "Put all of it back" });
    await back.focus();
    await page.keyboard.press("Enter");
    await told.filter({ hasText: "Made again, as the recipe was opened." }).waitFor();
    assert.equal(await page.locator(".changed").count(), 0);
    assert.equal(await page.evaluate(() => location.hash), MAKE);
    assert.equal(await back.getAttribute("aria-disabled"), "true");
    assert.ok(await back.evaluate((button) => button === document.activeElement));
    // The seed alone.
    await page.getByRole("spinbutton", { name: "Seed" }).fill("9");
    await page.getByRole("spinbutton", { name: "Seed" }).press("Enter");
    await told.filter({ hasText: /^Made again, with/ }).waitFor();
    await back.click();
    await told.filter({ hasText: "Made again, as the recipe was opened." }).waitFor();
    assert.equal(await page.evaluate(() => location.hash), MAKE);
    assert.notEqual(await page.getByRole("spinbutton", { name: "Seed" }).inputValue(), "9");
  }));

test("what a form cannot take is told beside it, and nothing is changed", () =>
  visit({ fragment: MAKE }, async (page) => {
    await objects(page).first().waitFor();
    const orders = step(page, /Server orders/);
    await orders.getByRole("button", { name: /^Change it/ }).click();
    const days = orders.getByRole("textbox", { name: "Days" });
    await days.fill("soon");
    await days.press("Tab");
    await orders.getByRole("status").filter({ hasText: "write a whole number" }).waitFor();
    assert.equal(await days.getAttribute("aria-invalid"), "true");
    assert.equal(await days.inputValue(), "soon");
    assert.equal(await page.evaluate(() => location.hash), MAKE);
    await days.fill("47");
    await days.press("Tab");
    await object(page, /certificate orders/).getByText("not after").waitFor();
    assert.equal(await days.getAttribute("aria-invalid"), "false");
    await orders.getByRole("checkbox", { name: /^expired/ }).check();
    await page.getByRole("heading", { name: "What is wrong on purpose" }).waitFor();
    // Two that do not go together: the second is not ticked.
    await orders.getByRole("checkbox", { name: /^not yet valid/ }).click();
    await orders.getByText(/expired and not-yet-valid do not go together/).waitFor();
    assert.equal(await orders.getByRole("checkbox", { name: /^not yet valid/ }).isChecked(), false);
  }));

test("a link to a recipe that was cut off says so, and shows the recipe as it came", () =>
  visit({ fragment: `${MAKE}?own=1874.eJyNkk1` }, async (page) => {
    await page.getByRole("alert").filter({ hasText: "The recipe in this address is damaged" }).waitFor();
    await objects(page).first().waitFor();
  }));

test("what a recipe gets wrong is listed with what it breaks, and each is judged as it says", { timeout: 300_000 }, () =>
  visit({ fragment: "#/certificates/make/what-goes-wrong" }, async (page) => {
    page.setDefaultTimeout(120_000);
    const rows = page.locator(".wrongs li");
    await rows.first().waitFor();
    assert.ok((await rows.count()) >= 12, `${await rows.count()} ways`);
    await rows.filter({ hasText: "expired" }).getByRole("button").click();
    await page.getByRole("heading", { name: "It would be refused" }).waitFor();
    assert.match(await verdict(page).innerText(), /not after/);
    await page.goBack();
    await rows.filter({ hasText: "wrong-key" }).getByRole("button").click();
    await verdict(page).getByText(/does not belong to the certificate/).waitFor();
    await page.goBack();
    await rows.first().waitFor();
    // What is no fault of the lab is run all the same, and is like none of its runs.
    assert.deepEqual((await rows.filter({ hasText: "ca-true" }).getByRole("link").allInnerTexts()).map((text) => text.split(":")[0].trim()), ["Run a handshake with it"]);
    await rows.filter({ hasText: "expired" }).getByRole("link", { name: /^Run a handshake with it/ }).click();
    await page.getByText(/certificate_expired/).first().waitFor();
    assert.equal(await page.evaluate(() => location.hash.split("?")[0]), "#/lab/tls13+certs=what-goes-wrong,expired");
    await page.goBack();
    await rows.first().waitFor();
    await rows.filter({ hasText: "expired" }).getByRole("link", { name: "Run one like it" }).click();
    await page.getByRole("heading", { level: 1, name: "certificate_expired" }).waitFor();
  }));

const handshake = (page) => page.getByRole("link", { name: "Run a handshake with these" });

/** The names of the server's certificate, as the panel beside its step in the lab has them, and the way back to Make. */
async function shown(page) {
  // The run of before stays until this one is made.
  await page.waitForFunction(() => location.hash.includes("certs="));
  const to = (panel) => { location.hash = `${location.hash.split("?")[0]}?step=certificate&panel=${panel}`; };
  await page.evaluate(to, "certificates");
  const chain = page.getByRole("region", { name: "The server's chain" });
  const back = page.locator(".side").getByText(/^Certificates by the recipe/).getByRole("link");
  await back.waitFor();
  return { chain, back };
}

test("a recipe is run in the lab: the ends show what was made, and the way back leads to it", () =>
  visit({ fragment: "#/certificates/make/curl-client?seed=7" }, async (page) => {
    await objects(page).first().waitFor();
    await object(page, /certificate server/).getByRole("button", { name: /^PEM/ }).click();
    const pem = await object(page, /certificate server/).locator("pre").first().innerText();
    const der = Buffer.from(pem.replaceAll(/-----.*-----/g, ""), "base64").toString("hex");
    await handshake(page).click();
    const { chain, back } = await shown(page);
    assert.equal(await page.evaluate(() => location.hash.split("?")[0]), "#/lab/tls13-mtls+certs=curl-client@7");
    await chain.getByText("✓ accepted by the client").waitFor();
    assert.match(await chain.innerText(), /localhost/);
    const [file] = await Promise.all([page.waitForEvent("download"), chain.getByRole("button", { name: /^Download/ }).first().click()]);
    const downloaded = readFileSync(await file.path(), "utf8");
    const [, leaf] = downloaded.match(/-----BEGIN CERTIFICATE-----([^-]*)/);
    assert.equal(Buffer.from(leaf, "base64").toString("hex"), der);
    // The sheet of what is run has the way back as well.
    await page.locator(".run-name").click();
    await page.locator("dialog[open]").getByRole("link", { name: "curl-client" }).waitFor();
    await page.keyboard.press("Escape");
    await back.click();
    await objects(page).first().waitFor();
    assert.equal(await page.evaluate(() => location.hash), "#/certificates/make/curl-client?seed=7");
  }));

test("a recipe that was changed is run as it was changed, from its address alone", () =>
  visit({ fragment: "#/certificates/make/curl-client" }, async (page) => {
    await objects(page).first().waitFor();
    await page.getByText("The recipe as text").click();
    const editor = page.getByRole("textbox", { name: "The recipe, as TOML" });
    await editor.fill((await editor.inputValue()).replaceAll("dns:localhost", "dns:shop.example.com"));
    await page.getByRole("button", { name: "Make this" }).click();
    await page.waitForFunction(() => /[?&]own=/.test(location.hash) && /certs=curl-client:/.test(document.querySelector(".certificates a.primary").href));
    const made = await page.evaluate(() => location.hash);
    await handshake(page).click();
    await page.waitForFunction(() => location.hash.includes("certs=curl-client:"));
    await page.reload();
    const { chain, back } = await shown(page);
    await chain.getByText("shop.example.com").first().waitFor();
    assert.match(await chain.innerText(), /name wanted: shop\.example\.com/);
    await back.click();
    await objects(page).first().waitFor();
    assert.equal(await page.evaluate(() => location.hash), made);
  }));

test("a run whose recipe was cut off in its address says so", () =>
  visit({ fragment: "#/lab/tls13+certs=curl-client:1874.eJyNkk1" }, async (page) => {
    await page.getByRole("alert").filter({ hasText: "the recipe in it is damaged" }).waitFor();
  }));

test("both halves are used without a mouse", () =>
  visit({ fragment: "#/" }, async (page) => {
    await tabTo(page, page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Certificates" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Certificates", level: 1 }).waitFor();
    await tabTo(page, page.getByRole("button", { name: "Try an example" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "It would be refused" }).waitFor();
    await tabTo(page, page.getByRole("button", { name: "Fields and bytes" }).first());
    await page.keyboard.press("Enter");
    await tabTo(page, page.locator(".certificates [role=treeitem][tabindex='0']"));
    await page.keyboard.press("ArrowDown");
    await page.locator(".field-note").waitFor();
    await tabTo(page, page.getByRole("link", { name: /^Make:/ }));
    await page.keyboard.press("Enter");
    await objects(page).first().waitFor();
    await tabTo(page, step(page, /^1\. Root/).getByRole("button", { name: /^Change it/ }));
    await page.keyboard.press("Enter");
    await tabTo(page, step(page, /^1\. Root/).getByRole("textbox", { name: "Common name" }));
    await page.keyboard.press("Control+a");
    await page.keyboard.type("My Root");
    await page.keyboard.press("Tab");
    await object(page, /certificate root/).getByText("CN=My Root").first().waitFor();
    await tabTo(page, objects(page).first().getByRole("button", { name: /^openssl and keytool/ }));
    await page.keyboard.press("Enter");
    assert.match(await objects(page).first().innerText(), /openssl genpkey/);
  }));

test("nothing is wider than the screen, with everything open", () =>
  visit({ fragment: READ }, async (page) => {
    const fits = async (what) => {
      for (const width of [320, 360, 820, WIDTHS.desktop.width]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 0, `${what} is ${over} px too wide at ${width}`);
      }
    };
    await fits("the empty state");
    await page.getByRole("button", { name: "Try an example" }).click();
    await page.getByRole("button", { name: "Fields and bytes" }).first().click();
    await page.getByText("The checks, and what was compared").first().click();
    await page.locator(".certificates .hex").waitFor();
    await fits("what is read");
    await page.getByRole("link", { name: /^Make:/ }).click();
    await objects(page).first().waitFor();
    for (const button of await page.locator(".step .disclosure").all()) await button.click();
    await page.getByText("The recipe as text").click();
    // With what changed as well.
    await page.locator(".step-form select").first().selectOption("rsa-2048");
    await page.locator(".changed").first().waitFor({ timeout: 60_000 });
    await fits("what is made");
  }));

test("a link to a recipe that there is not offers those that there are", () =>
  visit({ fragment: "#/certificates/make/no-such" }, async (page) => {
    await page.getByText("There is no recipe “no-such”").waitFor();
    await page.getByRole("link", { name: /private/i }).first().click();
    await objects(page).first().waitFor();
  }));
