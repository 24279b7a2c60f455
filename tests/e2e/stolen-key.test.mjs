// What the server's stolen private key opens: everything, or nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./browser.mjs";

const recording = (page, which) => page.getByRole("region", { name: `${which} recording` });

async function open(page) {
  await recording(page, "First").getByText("the recording:").waitFor();
  await page.getByRole("button", { name: "Open with the stolen key" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText(/encrypted records opened/).first().waitFor();
}

test("RSA key exchange opens byte by byte, ephemeral key exchange does not, and the missing value is named", () =>
  visit({ fragment: "#/stolen-key" }, async (page) => {
    await open(page);
    const [rsa, ephemeral] = [recording(page, "First"), recording(page, "Second")];
    const [, opened, all] = (await rsa.innerText()).match(/(\d+) of (\d+) encrypted records opened/);
    assert.ok(Number(all) > 0 && opened === all);
    assert.match(await rsa.innerText(), /Decrypt EncryptedPreMasterSecret/);
    assert.match(await rsa.locator(".read").first().innerText(), /^GET \/ HTTP\/1\.1/);
    const record = rsa.locator("details", { hasText: "client: application_data" });
    await record.locator("summary").click();
    // 47 45 54 is GET.
    assert.match(await record.innerText(), /47 45 54 20/);
    const told = await ephemeral.innerText();
    assert.match(told, /None of \d+ encrypted records opened/);
    assert.match(told, /Missing: preliminary_secret/);
    assert.match(told, /ephemeral private key/);
    assert.equal(await ephemeral.locator(".read").count(), 0);
  }));

test("TLS 1.3 stays closed, whatever its certificate", () =>
  visit({ fragment: "#/stolen-key/tls12-rsa/tls13" }, async (page) => {
    await open(page);
    const second = recording(page, "Second");
    assert.match(await second.innerText(), /Missing: shared_secret/);
    await second.getByLabel("Second recording").selectOption("tls13+cert=rsa-2048");
    await second.getByText(/an RSA key/).waitFor();
    assert.match(await second.innerText(), /None of \d+ encrypted records opened/);
    assert.match(await page.evaluate(() => location.hash), /#\/stolen-key\/tls12-rsa\/tls13\+cert=rsa-2048/);
  }));

test("each value leads to the message it came from", () =>
  visit({ fragment: "#/stolen-key" }, async (page) => {
    await open(page);
    await recording(page, "First").getByRole("link", { name: "from the client’s ClientKeyExchange" }).click();
    await page.getByRole("heading", { name: "ClientKeyExchange", level: 1 }).waitFor();
  }));

test("the key and the packets can be looked at before", () =>
  visit({ fragment: "#/stolen-key" }, async (page) => {
    const first = recording(page, "First");
    await first.getByText("the server’s private key").click();
    assert.match(await first.innerText(), /-----BEGIN PRIVATE KEY-----/);
    assert.equal(await page.getByText(/encrypted records opened/).count(), 0);
    for (const which of ["First", "Second"]) await recording(page, which).getByText(/^Not opened yet\./).waitFor();
    await open(page);
    for (const which of ["First", "Second"]) await recording(page, which).getByText(/^Not opened yet\./).waitFor({ state: "detached" });
  }));

test("the lab leads here, with its run", () =>
  visit({ fragment: "#/lab/tls12-rsa" }, async (page) => {
    await page.getByRole("navigation", { name: "Views of the run" }).getByRole("link", { name: "Stolen key" }).click();
    await page.getByRole("heading", { name: "The stolen key", level: 1 }).waitFor();
    assert.equal(await page.evaluate(() => location.hash), "#/stolen-key/tls12-rsa");
  }));
