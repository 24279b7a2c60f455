// What holds for the page as a whole: how it loads, and what it is allowed.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { hashIn, hashOf, unhashed } from "../../scripts/files.mjs";
import { Page } from "../../scripts/html.mjs";
import { altered } from "./altered.mjs";
import { go, missing, settled, still, title, visit } from "./browser.mjs";
import { SCREENS } from "./screens.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const html = readFileSync(join(DIST, "index.html"), "utf8");

/** What is in the page's folder and goes by its name alone. */
const NAMED = ["THIRD-PARTY-LICENSES.txt", "data", "index.html", "lessons"];

/** Opens a changed copy of dist/ under `path` and hands the page to `look`. */
const copyOf = (change, path, look) => altered({ change, path }, look);

test("the policy allows no inline script, no inline style and no other host", () => {
  const [, policy] = html.match(/Content-Security-Policy"? content="([^"]+)"/);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.doesNotMatch(policy, /unsafe-inline|https?:|\*/);
});

test("every script and style sheet of the page has its integrity", () => {
  const loads = html.match(/<(?:script|link)[^>]*(?:src=|rel="?(?:stylesheet|modulepreload|preload))[^>]*>/g);
  assert.ok(loads.length >= 5);
  for (const tag of loads) assert.match(tag, /integrity="?sha(256|384)-/, tag);
});

test("every file has a hash of its content in its name, and those of the program one of them all", () => {
  const hashed = readdirSync(DIST).filter((name) => !NAMED.includes(name));
  const program = hashIn(hashed.find((name) => unhashed(name) === "lab.wasm"));
  for (const name of hashed) {
    assert.ok(hashIn(name), name);
    if (hashIn(name) !== program) assert.equal(hashIn(name), hashOf(readFileSync(join(DIST, name))), name);
  }
  assert.deepEqual(new Page(html).files().filter((name) => !hashIn(name)), []);
});

test("something useful shows before the program arrives", () =>
  copyOf((dir) => {
    // A program that never arrives: an endless one is not needed, as the page is read before it runs.
    for (const name of readdirSync(dir)) if (name.endsWith(".wasm")) rmSync(join(dir, name));
  }, "", async (page) => {
    assert.match(await page.locator("body").innerText(), /What happens before the padlock[\s\S]*Start the first lesson/);
    await page.goto(`${page.url()}#/lab/tls13`);
    await page.reload();
    assert.match(await page.locator("body").innerText(), /See TLS happen/);
  }));

test("a program that cannot be loaded is said to be so, with what to do", () =>
  copyOf((dir) => {
    for (const name of readdirSync(dir)) if (name.endsWith(".wasm")) writeFileSync(join(dir, name), "not a program");
  }, "", async (page) => {
    const alert = page.locator("#boot-failed");
    await alert.waitFor();
    assert.match(await alert.innerText(), /could not be loaded[\s\S]*load the page again/i);
  }));

test("the page works below any path", () =>
  copyOf(() => {}, "courses/security/lab", async (page) => {
    await page.waitForSelector("html[data-ready]");
    await page.getByRole("link", { name: "Open the lab" }).click();
    assert.equal(await title(page), "The whole connection");
    await page.goto(`${page.url().split("#")[0]}#/learn/your-first-handshake/1`);
    await page.getByText("Your first handshake").first().waitFor();
  }));

test("what stands before the program has the places that the program has", () =>
  visit({}, async (page) => {
    const places = await page.locator(".top .places a").allInnerTexts();
    const before = await page.evaluate((text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      return [...page.querySelectorAll(".boot .places a")].map((link) => link.textContent);
    }, html);
    assert.deepEqual(before, places);
  }));

test("a tab is cleared for the next visit without asking for what is not there", async () => {
  await visit({}, () => {});
  // A browser asks for an icon when it has shown a page, once.
  await visit({}, (page) => page.waitForTimeout(500));
  assert.deepEqual(missing(), []);
});

test("the theme is remembered", () =>
  visit({ theme: "light" }, async (page) => {
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    assert.equal(await theme(), "light");
    await page.getByRole("button", { name: "Dark theme" }).click();
    assert.equal(await theme(), "dark");
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    assert.equal(await theme(), "dark");
  }));

/** The names of the files that the page fetches while `act` runs, without their build. */
async function fetched(page, act) {
  const names = new Set();
  const note = (request) => names.add(unhashed(new URL(request.url()).pathname.split("/").pop()));
  page.on("request", note);
  await act();
  await still(page);
  page.off("request", note);
  return names;
}

test("the lab's first load fetches what index.html refers to, and behind it the part with the steps alone", () =>
  visit({ fragment: "#/lab/tls13", first: true }, async (page) => {
    const names = await fetched(page, async () => {
      await page.reload();
      await page.waitForSelector("html[data-ready]");
    });
    const referred = new Set(new Page(html).files().map(unhashed));
    const behind = [...names].filter((name) => name !== "" && !referred.has(name));
    // With the first part that is loaded comes what all parts share: see src/ui/parts/later.rs.
    assert.deepEqual(behind.sort(), ["core.wasm", "later.css", "step.wasm"]);
    assert.ok(names.has("lab.wasm"));
  }));

test("the home page needs two files more, which nothing waits for", () =>
  visit({ first: true }, async (page) => {
    const names = await fetched(page, async () => {
      await page.reload();
      await page.waitForSelector("html[data-ready]");
      await page.locator(".home-row").first().waitFor();
    });
    assert.ok(names.has("home.wasm"));
    assert.deepEqual([...names].filter((name) => /^(learn|faults|breakit|remedies|search|later|race)/.test(name)), []);
  }));

test("the program is fetched once, and is what was published", async () => {
  const fetches = {};
  const more = (path) => ((fetches[path] = (fetches[path] ?? 0) + 1), {});
  await altered({ more }, (page) => page.waitForSelector("html[data-ready]"));
  for (const [path, count] of Object.entries(fetches)) assert.equal(count, 1, path);
  assert.ok(Object.keys(fetches).some((path) => path.endsWith(".wasm")));
});

test("a screen's own code is fetched when it is first opened, and once", () =>
  visit({}, async (page) => {
    const open = (name, row = "Main") => fetched(page, async () => {
      await page.getByRole("navigation", { name: row }).getByRole("link", { name }).click();
      await page.getByRole("heading", { level: 1 }).first().waitFor();
    });
    assert.ok((await open("Break & fix")).has("faults.wasm"));
    assert.ok((await open("Learn")).has("learn.wasm"));
    await open("Lab");
    assert.ok((await open("Race", "Views of the run")).has("race.wasm"));
    const again = await open("Break & fix");
    assert.ok(![...again].some((name) => name.endsWith(".wasm")), [...again].join());
  }));

/** Goes to an address, and waits until nothing of it is still loading, or could not be loaded. */
async function goTo(page, fragment) {
  await go(page, fragment);
  await settled(page);
  assert.equal(await page.locator(".later[role=alert]").count(), 0, fragment);
}

/** An address of each screen that a link of the page leads to, by the screen's name. */
async function screens() {
  const found = new Map([["lab/", "#/lab/tls13"]]);
  const seen = new Set();
  await visit({}, async (page) => {
    for (let unseen; (unseen = [...found].find(([name]) => !seen.has(name))); seen.add(unseen[0])) {
      await goTo(page, unseen[1]);
      const links = await page.locator("a[href^='#/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      for (const link of links) {
        // A lesson is another screen than their list, and so is each thing that stands beside that.
        const name = link.match(/^#\/(learn\/[a-z]+(?=$|\?)|[\w-]*(?:\/(?=.))?)/)[1];
        if (!found.has(name)) found.set(name, link);
      }
    }
  });
  return found;
}

test("every screen opens with at most six requests", async () => {
  const all = await screens();
  assert.ok(all.size >= 10, [...all.keys()].join());
  for (const [name, fragment] of all) {
    await visit({}, async (page) => {
      const files = await fetched(page, () => goTo(page, fragment));
      // Lessons are what a screen shows, and the tab's icon is fetched once: neither is a part of a screen.
      const parts = [...files].filter((file) => !/\.(md|toml|json|svg)$/.test(file));
      assert.ok(parts.length <= 6, `${name}: ${parts.join()}`);
    });
  }
});

/** What kind of link this is: its place, the keys of its run and what it says of the view, without their values. */
function kindOf(link) {
  const [path, query = ""] = link.split("?");
  const keys = (text, separator) => text.split(separator).slice(separator === "&" ? 0 : 1).map((pair) => pair.split("=")[0]).sort();
  const place = path.match(/^#\/[\w-]*(\/[a-z-]+(?=\/))?/)[0];
  return [place, path.split("/").length, ...keys(decodeURIComponent(path), "+"), "?", ...keys(query, "&"), link.includes("%") ? "%" : ""].join(" ");
}

test("every kind of link that the page writes is read back without a complaint", () =>
  visit({}, async (page) => {
    const links = new Map();
    const broken = /broken|banana|wrong address|fault, asked/;
    const from = Object.entries(SCREENS).filter(([name]) => !broken.test(name)).map(([, fragment]) => fragment);
    for (const fragment of [...from, "#/lab/tls13+alpn=http/1.1?step=5", "#/lab/tls13+alpn=http/1.1,h2"]) {
      await goTo(page, fragment);
      const found = await page.locator("a[href^='#/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      for (const link of found) if (!links.has(kindOf(link))) links.set(kindOf(link), { link, fragment });
    }
    assert.ok(links.size > 60 && [...links.keys()].some((kind) => kind.endsWith("%")), [...links.keys()].join("\n"));
    for (const { link, fragment } of links.values()) {
      await goTo(page, link);
      const complaints = await page.locator(".notice-bar, .stage-failed, [role=alert]:visible").allInnerTexts();
      assert.deepEqual(complaints.filter((text) => text.trim()), [], `${link}, written at ${fragment}`);
    }
  }));

test("a part that cannot be loaded says so and can be tried again", () =>
  copyOf(() => {}, "", async (page) => {
    await page.waitForSelector("html[data-ready]");
    await page.route(/faults-/, (route) => route.abort());
    await page.getByRole("link", { name: "Break & fix" }).click();
    const alert = page.locator(".later[role=alert]");
    await alert.waitFor();
    assert.match(await alert.innerText(), /could not be loaded/);
    await page.unroute(/faults-/);
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Break & fix", level: 1 }).waitFor();
  }));

test("a scenario that needs more than the page starts with loads it, and says so where it cannot", () =>
  copyOf(() => {}, "", async (page) => {
    await page.waitForSelector("html[data-ready]");
    const open = (fragment) => page.evaluate((to) => { location.hash = to; }, fragment);
    const failed = page.getByText("could not be loaded");
    await page.route(/capabilities-/, (route) => route.abort());
    await open("#/lab/tls13+cert=rsa-2048");
    await failed.waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await failed.waitFor();
    await page.unroute(/capabilities-/);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "The whole connection", level: 1 }).waitFor();
    assert.equal(await failed.count(), 0);
  }));

test("after one that could not be loaded the next scenario tries again", () =>
  copyOf(() => {}, "", async (page) => {
    await page.waitForSelector("html[data-ready]");
    const open = (fragment) => page.evaluate((to) => { location.hash = to; }, fragment);
    await page.route(/capabilities-/, (route) => route.abort());
    await open("#/lab/tls13+cert=rsa-2048");
    await page.getByText("could not be loaded").waitFor();
    await page.unroute(/capabilities-/);
    await open("#/lab/tls13+cert=ed25519");
    await page.getByRole("heading", { name: "The whole connection", level: 1 }).waitFor();
    assert.equal(await page.getByText("could not be loaded").count(), 0);
  }));

test("a program that stops says so, with a way on", () =>
  copyOf(() => {}, "", async (page) => {
    await page.waitForSelector("html[data-ready]");
    await page.evaluate(() => dispatchEvent(new ErrorEvent("error", { error: new WebAssembly.RuntimeError("unreachable") })));
    const crashed = page.locator("#crashed");
    await crashed.waitFor();
    assert.match(await crashed.innerText(), /Something in this page went wrong[\s\S]*load this view again/);
  }));
