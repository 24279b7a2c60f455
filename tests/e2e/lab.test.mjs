// The lab screen, walked as a person would.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { WIDTHS, bytes, drawn, marked, octets, placesOfBytes, settled, tabTo, title, turnTo, visit } from "./browser.mjs";
import { program } from "./program.mjs";

/** Presses the right arrow until the last step, and gives every title on the way. */
async function walk(page) {
  const titles = [await title(page)];
  for (;;) {
    const place = await page.locator(".step .eyebrow").first().innerText();
    const [, at, last] = place.match(/Step (\d+) of (\d+)/);
    assert.equal(Number(at), titles.length);
    assert.ok((await page.locator(".step .story").innerText()).length > 40, `the step ${titles.at(-1)} is told`);
    if (at === last) return titles;
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((n) => document.querySelector(".step .eyebrow").textContent.includes(`Step ${n} of`), titles.length + 1);
    titles.push(await title(page));
  }
}

/** Asserts that `part` occurs in `whole` in this order, perhaps with others between. */
function inOrder(whole, part) {
  let from = 0;
  for (const name of part) {
    const at = whole.findIndex((title, index) => index >= from && title.startsWith(name));
    assert.notEqual(at, -1, `${name} after place ${from} of ${whole.join(", ")}`);
    from = at + 1;
  }
}

const TCP = ["SYN", "SYN, ACK", "ACK", "ClientHello"];
const CLOSE = ["close_notify", "FIN"];
const WALKS = {
  "tls13": [...TCP, "ServerHello", "EncryptedExtensions", "Certificate", "CertificateVerify", "Finished", "Finished", "GET /", "200 OK", ...CLOSE],
  "tls12": [...TCP, "ServerHello", "Certificate", "ServerKeyExchange", "ServerHelloDone", "ClientKeyExchange", "Finished", "Finished", "GET /", "200 OK", ...CLOSE],
  "tls12+rtt-ms=0": [...TCP, "ServerHello", "ServerHelloDone", "Finished", "Finished", "GET /", "200 OK", ...CLOSE],
  "tls12-rsa": [...TCP, "ServerHello", "Certificate", "ServerHelloDone", "ClientKeyExchange", "Finished", "Finished", "GET /", "200 OK", ...CLOSE],
  "tls12-ticket?conn=2": [...TCP, "ServerHello", "NewSessionTicket", "ChangeCipherSpec", "Finished", "ChangeCipherSpec", "Finished", "GET /", "200 OK", ...CLOSE],
  "tls13-hrr": [...TCP, "HelloRetryRequest", "ClientHello", "ServerHello", "EncryptedExtensions", "Certificate", "CertificateVerify", "Finished", "Finished", "GET /", "200 OK", ...CLOSE],
  "tls13-0rtt?conn=2": [...TCP, "GET /", "ServerHello", "EncryptedExtensions", "Finished", "200 OK", "EndOfEarlyData", "Finished", ...CLOSE],
  "tls13-0rtt-rejected?conn=2": [...TCP, "GET /", "ServerHello", "EncryptedExtensions", "Finished", "Finished", "GET /", "200 OK", ...CLOSE],
  "tls13-raw-public-key": [...TCP, "ServerHello", "EncryptedExtensions", "Certificate, raw public key", "CertificateVerify", "Finished", "Finished", "GET /", "200 OK", ...CLOSE],
  "tls13-cert-compression": [...TCP, "ServerHello", "EncryptedExtensions", "CompressedCertificate", "CertificateVerify", "Finished", "Finished", "GET /", "200 OK", ...CLOSE],
  "tls13-half-close": [...TCP, "ServerHello", "Finished", "Finished", "GET /", "close_notify", "FIN", "200 OK", ...CLOSE],
  "tls13-reset": [...TCP, "ServerHello", "Finished", "Finished", "GET /", "200 OK", "RST"],
  "tls13-key-update": [...TCP, "ServerHello", "Finished", "Finished", "GET /", "200 OK", "KeyUpdate", "GET /again", "KeyUpdate", "200 OK", ...CLOSE],
};

for (const [fragment, titles] of Object.entries(WALKS)) {
  test(`${fragment} is stepped from SYN to its end by keyboard`, () =>
    visit({ fragment: `#/lab/${fragment}${fragment.includes("?") ? "&" : "?"}step=1` }, async (page) => {
      await page.locator(".step h1").waitFor();
      inOrder(await walk(page), titles);
    }));
}

test("a resumed run leads from one connection to the other, each with its own steps", () =>
  visit({ fragment: "#/lab/tls13-0rtt?conn=1" }, async (page) => {
    const group = page.getByRole("group", { name: "Connection" });
    const pressed = () => group.locator("[aria-pressed=true]").innerText();
    await group.waitFor();
    assert.match(await pressed(), /1/);
    assert.ok((await page.locator(".ladder").innerText()).includes("CertificateVerify"));
    await group.getByRole("button", { name: "connection 2 of 2" }).click();
    await page.waitForFunction(() => location.hash.includes("tls13-0rtt") && !location.hash.includes("conn=1"));
    const ladder = await page.locator(".ladder").innerText();
    assert.ok(ladder.includes("EndOfEarlyData") && !ladder.includes("CertificateVerify"));
    // Its times are its own: in the ladder, in the step's head, in the player.
    assert.equal(await page.locator(".ladder .moment").first().innerText(), "0 ms");
    await page.keyboard.press("Home");
    await page.locator(".step .eyebrow").getByText("sent at 0 ms, there at 40 ms").waitFor();
    assert.match(await page.locator(".when").innerText(), /^0 of \d{3} ms$/);
  }));

test("a handshake that was changed says so, and can be gone back to", () =>
  visit({ fragment: "#/lab/tls13-0rtt" }, async (page) => {
    const name = page.locator(".run-name");
    const shown = () => name.locator("b").innerText();
    assert.equal(await shown(), "TLS 1.3, 0-RTT");
    await name.click();
    await page.getByRole("combobox", { name: "version", exact: true }).selectOption("1.2");
    await page.waitForFunction(() => location.hash.includes("version=1.2"));
    assert.equal(await shown(), "TLS 1.3, 0-RTT, changed");
    // Opened again, what was changed stands first.
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await name.click();
    const first = page.locator(".settings-group").first();
    assert.match(await first.innerText(), /^Changed\s+version/);
    await page.getByRole("button", { name: "Reset" }).click();
    await page.waitForFunction(() => location.hash === "#/lab/tls13-0rtt");
    assert.equal(await shown(), "TLS 1.3, 0-RTT");
  }));

test("another seed gives other bytes, and the same seed the same", () =>
  visit({ fragment: "#/lab/tls13+seed=1?step=4" }, async (page) => {
    const first = await octets(page);
    assert.match(first, /^01/);
    await page.getByRole("button", { name: "New random values" }).click();
    await page.waitForFunction(() => !location.hash.includes("seed=1?"));
    const second = await octets(page);
    assert.notEqual(second, first);
    await page.goBack();
    await page.waitForFunction(() => location.hash.includes("seed=1?"));
    assert.equal(await octets(page), first);
  }));

test("a deep link opens on its step, layer, perspective, panel and selection", () =>
  visit({ fragment: "#/lab/tls12+group=secp256r1+seed=9?step=5&layer=record&as=eavesdropper&panel=checks&zoom=records" }, async (page) => {
    assert.equal(await title(page), "ServerHello");
    const pressed = (name) => page.getByRole("button", { name, exact: true }).getAttribute("aria-pressed");
    assert.equal(await pressed("eavesdropper"), "true");
    assert.equal(await pressed("record"), "true");
    assert.equal(await pressed("records"), "true");
    assert.equal(await page.getByRole("tab", { name: "Checks" }).getAttribute("aria-selected"), "true");
    assert.match(await octets(page), /^160303/);
  }));

test("the panel of errors tells what each end reported, and leads to its steps", () =>
  visit({ fragment: "#/lab/cert-expired?panel=errors" }, async (page) => {
    const end = (name) => page.getByRole("tabpanel").locator(".report", { has: page.getByRole("heading", { name, exact: true }) });
    await end("client").getByText("was the first to notice").waitFor();
    assert.match(await end("client").innerText(), /Reports: [\s\S]*Sends the alert certificate_expired \(45\), encrypted/);
    assert.match(await end("server").innerText(), /Gets the alert certificate_expired \(45\) from the client/);
    await end("server").getByRole("button", { name: /^step / }).first().click();
    await page.waitForFunction(() => document.querySelector(".step h1").textContent === "certificate_expired");
    await page.getByRole("button", { name: "eavesdropper", exact: true }).click();
    await page.getByText("What an end reports stays inside it").waitFor();
    assert.ok(!(await end("client").innerText()).includes("certificate_expired"));
    assert.match(await end("client").innerText(), /FIN|RST/);
  }));

test("a broken link says which part is wrong and leaves a lab that works", () =>
  visit({ fragment: "#/lab/tls13?as=mallory" }, async (page) => {
    await page.getByText("as=mallory").waitFor();
    assert.equal(await title(page), "The whole connection");
  }));

test("a scenario that does not exist says what is allowed and offers a way back", () =>
  visit({ fragment: "#/lab/tls13+group=nosuch" }, async (page) => {
    const alert = page.getByRole("alert");
    assert.match(await alert.innerText(), /nosuch[\s\S]*x25519/);
    await alert.getByRole("button").click();
    assert.equal(await title(page), "The whole connection");
  }));

/** The numbers from `from` to before `to`. */
const numbers = (from, to) => Array.from({ length: to - from }, (_, n) => from + n);

for (const [width, viewport] of Object.entries(WIDTHS)) {
  test(`pointing at a byte lights its field, and choosing a field marks its bytes, ${width}`, () =>
    visit({ fragment: "#/lab/tls13?step=4", viewport }, async (page) => {
      await turnTo(page, "Bytes");
      // On a phone the page scrolls, below the tabs and behind the player.
      await bytes(page).evaluate((lines) => { lines.scrollIntoView({ block: "start" }); scrollBy(0, -innerHeight / 3); });
      const lit = page.locator(".step [role=treeitem].lit .name");
      for (const [byte, name] of [[0, "msg_type"], [3, "length"], [6, "random"], [37, "random"]]) {
        const { x, y } = (await placesOfBytes(page))[byte];
        await page.mouse.move(x, y);
        await lit.getByText(name, { exact: true }).waitFor();
      }
      assert.deepEqual(await marked(page, "lit"), numbers(6, 38));
      await page.getByRole("treeitem", { name: /^random/ }).click();
      await page.waitForFunction(() => location.hash.includes("sel="));
      assert.deepEqual(await marked(page, "m"), numbers(6, 38));
      assert.match(await page.getByRole("region", { name: "Selected field" }).innerText(), /tls\.handshake\.random/);
    }));

  test(`every byte stands in its line, beside its offset and its character, ${width}`, () =>
    visit({ fragment: "#/lab/tls13?step=4", viewport }, async (page) => {
      await turnTo(page, "Bytes");
      const octet = (await octets(page)).match(/../g);
      const count = octet.length;
      // A line is what the browser draws at one height.
      const lines = async (column) =>
        page.locator(`.step .hex .${column}`).evaluate((element) => {
          const text = element.firstChild;
          const lines = new Map();
          for (let at = 0; at < text.length; at += 1) {
            const range = document.createRange();
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            const { top, right } = range.getBoundingClientRect();
            if (/\s/.test(text.data[at]) || right > element.getBoundingClientRect().right + 1) continue;
            const line = Math.round((top - element.getBoundingClientRect().top) / 22);
            lines.set(line, (lines.get(line) ?? "") + text.data[at]);
          }
          return [...lines.values()];
        });
      const drawn = await lines("b");
      const line = drawn[0].length / 2;
      assert.ok(line === 8 || line === 16);
      const parts = (texts) => numbers(0, Math.ceil(count / line)).map((n) => texts.slice(n * line, n * line + line).join(""));
      assert.deepEqual(drawn, parts(octet));
      assert.deepEqual(await lines("o"), numbers(0, drawn.length).map((n) => (n * line).toString(16).padStart(4, "0")));
      const characters = octet.map((byte) => parseInt(byte, 16)).map((code) => (code > 32 && code < 127 ? String.fromCharCode(code) : "·"));
      assert.deepEqual(await lines("a"), parts(characters));
    }));
}

test("the ladder is one stop of the Tab key, and the arrow keys go up and down in it", () =>
  visit({ fragment: "#/lab/cert-expired?step=5" }, async (page) => {
    const stops = page.locator(".ladder a[tabindex='0']");
    await page.locator(".ladder .row.present").waitFor();
    assert.equal(await stops.count(), 1);
    await tabTo(page, stops);
    const focused = () => page.evaluate(() => [...document.querySelectorAll(".ladder a")].indexOf(document.activeElement));
    assert.equal(await focused(), 4);
    const rows = await page.locator(".ladder a").count();
    // Past what stands between rows, to the last and no further.
    for (let at = 5; at < rows; at += 1) {
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), at);
    }
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), rows - 1);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForFunction((step) => location.hash.includes(`step=${step}`), rows - 1);
    assert.equal(await stops.count(), 1);
    await page.keyboard.press("Tab");
    assert.equal(await focused(), -1);
  }));

test("the arrow keys go from byte to byte, say where they are, and Enter chooses", () =>
  visit({ fragment: "#/lab/tls13?step=4" }, async (page) => {
    const cell = page.getByRole("grid", { name: "Bytes" }).getByRole("gridcell");
    await tabTo(page, cell);
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
      return page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    };
    assert.match(await press("ArrowRight"), /^[0-9a-f]{2}, offset 1, length$/);
    assert.match(await press("Home", "ArrowDown"), /offset (8|16), random$/);
    assert.match(await press("End", "ArrowUp", "ArrowLeft"), /offset (6|14), random$/);
    const places = await placesOfBytes(page);
    const at = await cell.evaluate((element) => element.getBoundingClientRect().toJSON());
    const offset = Number((await press("Enter")).match(/offset (\d+)/)[1]);
    assert.ok(at.left <= places[offset].left && places[offset].right <= at.right && at.top <= places[offset].y && places[offset].y <= at.bottom);
    assert.deepEqual(await marked(page, "m"), numbers(6, 38));
    assert.equal(await cell.count(), 1);
  }));

test("bytes can be selected and copied, without their offsets", () =>
  visit({ fragment: "#/lab/tls13?step=4" }, async (page) => {
    const places = await placesOfBytes(page);
    await bytes(page).scrollIntoViewIfNeeded();
    const [from, to] = [(await placesOfBytes(page))[0], (await placesOfBytes(page))[20]];
    await page.mouse.move(from.left, from.y);
    await page.mouse.down();
    await page.mouse.move(to.right + 1, to.y, { steps: 5 });
    await page.mouse.up();
    const copied = await page.evaluate(() => getSelection().toString());
    assert.equal(copied.replaceAll(/\s/g, ""), (await octets(page)).slice(0, 42));
    assert.match(copied, /^[0-9a-f]{2} [0-9a-f]{2} /);
    assert.ok(places.length > 20 && !page.url().includes("sel="), "selecting text chooses no field");
  }));

/** What is drawn in the frame after these keys, pressed in one go, or after the click. */
const nextFrame = (page, { keys = [], click } = {}) => page.evaluate(({ keys, click }) => new Promise((done) => {
  const text = (where) => document.querySelector(where)?.textContent;
  let changes = 0;
  const observer = new MutationObserver((list) => (changes += list.length));
  observer.observe(document.querySelector("#panel"), { childList: true, characterData: true, attributes: true, subtree: true });
  for (const key of keys) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  if (click) [...document.querySelectorAll(click.in)].find((it) => it.textContent === click.on).click();
  requestAnimationFrame(() => {
    observer.disconnect();
    done({
      title: text(".step h1"),
      present: text(".row.present .label"),
      bytes: text(".step .hex .b"),
      panel: text("#panel"),
      selected: text(".step [role=tree] [aria-selected=true]") ?? null,
      isSamePanel: changes === 0,
    });
  });
}), { keys, click });

test("a step answers with its words, and its bytes and panel follow; those of steps gone over are left out", () =>
  visit({ fragment: "#/lab/tls13?step=4&sel=0.1" }, async (page) => {
    const before = await nextFrame(page);
    const first = await nextFrame(page, { keys: ["ArrowRight"] });
    await drawn(page);
    const then = await nextFrame(page);
    assert.match(first.title, /ServerHello/);
    assert.match(first.present, /ServerHello/);
    assert.ok(before.selected);
    assert.deepEqual({ ...first, title: "", present: "" }, { ...before, title: "", present: "" });
    assert.ok(first.isSamePanel);
    assert.notEqual(then.bytes, before.bytes);
    assert.notEqual(then.panel, before.panel);
    assert.equal(then.selected, null);
    const over = await nextFrame(page, { keys: ["ArrowRight", "ArrowRight"] });
    await drawn(page);
    const end = await nextFrame(page);
    assert.deepEqual([over.bytes, over.panel], [then.bytes, then.panel]);
    assert.match(end.title, /EncryptedExtensions/);
    await page.reload();
    await page.locator(".step h1").waitFor();
    await settled(page);
    assert.deepEqual(await nextFrame(page), end);
  }));

test("where a step comes with a field, the field is marked in the bytes of that step alone", () =>
  visit({ fragment: "#/lab/tls13?step=9&panel=certificates" }, async (page) => {
    await settled(page);
    const before = await nextFrame(page);
    const first = await nextFrame(page, { click: { in: "#panel button", on: "Show its bytes" } });
    await drawn(page);
    const then = await nextFrame(page);
    assert.match(before.title, /CertificateVerify/);
    assert.match(first.title, /^Certificate/);
    assert.deepEqual([first.bytes, first.selected], [before.bytes, before.selected]);
    assert.match(then.selected, /^cert_data/);
  }));

test("the eavesdropper sees no plaintext of what is encrypted", () =>
  visit({ fragment: "#/lab/tls13?step=1" }, async (page) => {
    const titles = await walk(page);
    const request = titles.findIndex((name) => name.startsWith("GET /")) + 1;
    assert.ok(request > 0);
    await page.getByRole("button", { name: "eavesdropper", exact: true }).click();
    for (let step = titles.length; step > request; step -= 1) await page.keyboard.press("ArrowLeft");
    await page.waitForFunction((n) => document.querySelector(".step .eyebrow").textContent.includes(`Step ${n} of`), request);
    const plain = Buffer.from("GET / HTTP/1.1").toString("hex");
    assert.ok(!(await octets(page)).includes(plain));
    await page.getByRole("button", { name: "client", exact: true }).click();
    await page.waitForFunction((hex) => document.querySelector(".step .hex .b").textContent.replaceAll(/\s/g, "").includes(hex), plain);
  }));

test("steps stand over one entry of the history, and another run is a new one", () =>
  visit({ fragment: "#/lab/tls13?step=2" }, async (page) => {
    const entries = await page.evaluate(() => history.length);
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => location.hash.includes("step=3"));
    assert.equal(await page.evaluate(() => history.length), entries);
    await page.locator(".run-name").click();
    await page.getByRole("combobox", { name: "handshake", exact: true }).selectOption("tls12");
    await page.waitForFunction(() => location.hash.includes("tls12"));
    assert.equal(await page.evaluate(() => history.length), entries + 1);
    await page.keyboard.press("Escape");
    // Keys are the lab's again once the sheet is closed.
    await page.locator(".run-name[aria-expanded=true], dialog[open]").waitFor({ state: "detached" });
    await page.keyboard.press("Home");
    await page.goBack();
    await page.waitForFunction(() => location.hash === "#/lab/tls13?step=3" && document.querySelector(".step h1").textContent === "ACK");
    await page.goForward();
    await page.waitForFunction(() => location.hash === "#/lab/tls12?step=1");
  }));

test("the keys are derived as far as the step and offer an openssl command that gives the same value", () =>
  visit({ fragment: "#/lab/tls13?step=5&panel=keys&key=handshake_secret", permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const card = page.getByRole("tabpanel");
    await card.getByRole("button", { name: /openssl/i }).waitFor();
    const shown = (await card.innerText()).replace(/\s+/g, "");
    await card.getByRole("button", { name: /openssl/i }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const output = execFileSync("bash", ["-c", command], { encoding: "utf8" }).trim();
    assert.match(output, /^[0-9a-f]{64}$/);
    assert.ok(shown.includes(output), "the value shown is the one that OpenSSL computes");
  }));

for (const scenario of ["tls13", "tls12", "tls13-0rtt", "tls13-mlkem", "tls13-lossy", "tls12-rsa", "gateway-mtls", "tls13+group=secp384r1+cert=rsa-2048+seed=5", "tls12+cert=ed25519+client-cert=required"]) {
  test(`the browser's run of ${scenario} is byte for byte the native one`, () =>
    visit({ fragment: `#/lab/${scenario}` }, async (page) => {
      await settled(page);
      await page.getByRole("button", { name: "Export", exact: true }).click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /pcapng/ }).click()]);
      const bytes = readFileSync(await download.path());
      const native = program("run", scenario, "--pcapng", "-");
      assert.ok(bytes.equals(native), `${bytes.length} octets in the browser, ${native.length} natively`);
    }));
}
