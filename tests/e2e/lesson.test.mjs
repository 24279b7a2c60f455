// The first lesson, done to its end as a person would.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { answer, answerAll, finger, keyboard, toTheEnd } from "./answers.mjs";
import { WIDTHS, marked, visit } from "./browser.mjs";
import { LESSON, lessonOf, right, verdict, wrong } from "./lesson.mjs";
import { printed } from "./pdf.mjs";

/** Which field of the lab's tree answers a question about bytes, by the question; a closed record has its own tree. */
const FIELDS = { "server-name-bytes": "HostName", "server-random-bytes": "random", "tag-bytes": "authentication tag" };

const heading = (page) => page.locator(".page-title").innerText();

test("the lesson is found in the list and done to its end by keyboard alone, remembered and reset", () =>
  visit({ fragment: "#/learn" }, async (page) => {
    const row = page.locator(".lesson-row", { has: page.getByRole("link", { name: "Your first handshake" }) });
    await row.getByText("Not begun yet").waitFor();
    const hands = keyboard(page);
    await hands.press(row.getByRole("link"));
    await page.locator(".page-title").waitFor();
    const questions = await toTheEnd(hands, page, FIELDS);
    assert.ok(questions >= 7, `${questions} questions`);
    assert.match(await page.locator(".score").innerText(), new RegExp(`^All ${questions} questions right`));
    await page.reload();
    assert.match(await page.locator(".score").innerText(), /^All/);
    await page.getByRole("button", { name: "Reset my progress" }).click();
    await page.getByRole("button", { name: "Keep them" }).click();
    assert.match(await page.locator(".score").innerText(), /^All/);
    await page.getByRole("button", { name: "Reset my progress" }).click();
    await page.getByRole("button", { name: "Forget them" }).click();
    assert.match(await page.locator(".score").innerText(), /^0 of/);
    await page.locator(".lesson-end").getByRole("link", { name: "All lessons" }).click();
    await row.getByText("Not begun yet").waitFor();
  }));

test("a lesson is done to its end on a phone, with a finger", () =>
  visit({ fragment: "#/learn/forward-secrecy/1", viewport: WIDTHS.phone, hasTouch: true, isMobile: true }, async (page) => {
    await page.locator(".page-title").waitFor();
    const fields = { "locked-box": "EncryptedPreMasterSecret", "what-is-signed": "signature", "ticket-bytes": "ticket" };
    const questions = await toTheEnd(finger(page), page, fields);
    assert.match(await page.locator(".score").innerText(), new RegExp(`^All ${questions} questions right`));
  }));

test("another seed asks anew and has another answer", () =>
  visit({ fragment: `${LESSON}/2` }, async (page) => {
    const question = page.locator(".question");
    await answer(keyboard(page), question);
    await right(question).waitFor();
    const first = await right(question).locator(".expected").innerText();
    await page.getByRole("button", { name: "New seed" }).click();
    await right(question).waitFor({ state: "detached" });
    const input = question.getByRole("textbox");
    await input.fill(first);
    await input.press("Enter");
    await wrong(question).waitFor();
  }));

test("a page moves the lab to its step, and back leads to the page before", () =>
  visit({ fragment: `${LESSON}/4` }, async (page) => {
    const step = page.locator(".step h1");
    await page.waitForFunction(() => document.querySelector(".step h1")?.innerText === "ClientHello");
    await page.locator(".lesson-nav .primary").click();
    await page.waitForFunction(() => document.querySelector(".step h1")?.innerText === "ServerHello");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector(".step h1")?.innerText === "ClientHello");
    assert.equal(await step.innerText(), "ClientHello");
    assert.match(await heading(page), /^ClientHello/);
  }));

test("a lesson that cannot be loaded says what, where and what to do", () =>
  visit({ fragment: "#/learn" }, async (page) => {
    // What another version built is no lesson: the Markdown is read in its place.
    await page.route("**/lessons/built/0*.json", (route) => route.fulfill({ body: "{}" }));
    await page.route("**/lessons/*.md", (route) => route.fulfill({ body: "+++\nid = 5\n+++\n" }));
    await page.goto(page.url().replace(/#.*/, `${LESSON}/1`));
    const alert = page.getByRole("alert");
    await alert.getByText("lessons/01-your-first-handshake.md:2:").waitFor();
    await page.unroute("**/lessons/*.md");
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.locator(".page-title").waitFor();
    await page.goto(page.url().replace(/#.*/, "#/learn/no-such-lesson/1"));
    await page.getByText("no lesson is called “no-such-lesson”").waitFor();
  }));

test("each page is about the run of its own scenario, back and forth, with the lesson's seed", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await lessonOf(page, `## One
{{negotiated.version}} {{scenario.seed}}
## Two
{{negotiated.version}} {{scenario.seed}} {{message.ServerKeyExchange.from}}

\`\`\`lab
scenario = "tls12+cert=rsa-2048"
step = "ServerKeyExchange"
\`\`\`
## Three
{{negotiated.version}} {{scenario.seed}}

\`\`\`lab
scenario = "tls12+seed=3"
step = "SYN"
\`\`\`
`, "/1?seed=5");
    const text = page.locator(".lesson-above");
    await text.getByText("TLS 1.3 5").waitFor();
    await page.locator(".lesson-nav .primary").click();
    await text.getByText("TLS 1.2 5 server").waitFor();
    await page.locator(".step h1").getByText("ServerKeyExchange").waitFor();
    await page.locator(".lesson-nav .primary").click();
    await text.getByText("TLS 1.2 3").waitFor();
    await page.goBack();
    await text.getByText("TLS 1.2 5 server").waitFor();
    await page.locator(".step h1").getByText("ServerKeyExchange").waitFor();
    await page.goBack();
    await text.getByText("TLS 1.3 5").waitFor();
    assert.equal(await page.locator(".notice-bar").count(), 0);
  }));

test("a page can lead to every other screen, with its run", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const screens = { race: "tls13", compare: "tls13", stolen: "tls12-rsa", gateway: "gateway-terminate", break: "tls13" };
    const pages = Object.entries(screens).map(([screen, scenario]) => `## ${screen}
\`\`\`lab
screen = "${screen}"
scenario = "${scenario}"
with = "tls12"
\`\`\`
`);
    await lessonOf(page, pages.join(""), "/1?seed=5");
    for (const [at, screen] of Object.keys(screens).entries()) {
      await page.locator(".page-title").getByText(screen).waitFor();
      await page.locator(".scene-card a").click();
      await page.locator(".lesson").waitFor({ state: "detached" });
      assert.match(page.url(), screen === "break" ? /#\/break$/ : new RegExp(`${screens[screen]}.*seed=5`));
      assert.equal(await page.locator(".notice-bar").count(), 0);
      await page.goBack();
      await page.locator(".scene-card a").waitFor();
      if (at + 1 < Object.keys(screens).length) await page.locator(".lesson-nav .primary").click();
    }
  }));

for (const [width, viewport] of Object.entries(WIDTHS)) {
  test(`every page of the lesson stays in its window (${width})`, () =>
    visit({ fragment: `${LESSON}/1`, viewport }, async (page) => {
      for (;;) {
        await page.locator(".lesson-page, .lesson-end").first().waitFor();
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const sizes = await page.evaluate(() => [document.documentElement, document.body].map((of) => [of.scrollHeight, of.scrollWidth]));
        assert.deepEqual(sizes, sizes.map(() => [viewport.height, viewport.width]), await heading(page));
        const next = page.locator(".lesson-nav .primary");
        if (!(await next.isVisible())) break;
        const before = await heading(page);
        await next.click();
        await page.waitForFunction((before) => document.querySelector(".page-title").innerText !== before, before);
      }
    }));
}

test("whoever looked around is led back to the page's step", () =>
  visit({ fragment: `${LESSON}/5` }, async (page) => {
    const step = page.locator(".step h1");
    await step.getByText("ServerHello").waitFor();
    const back = page.getByRole("button", { name: "Back to ServerHello" });
    assert.equal(await back.count(), 0);
    await page.getByRole("button", { name: "Sequence", exact: true }).click();
    await page.locator(".ladder a", { hasText: "GET /" }).first().click();
    await back.click();
    await page.getByRole("button", { name: "Step", exact: true }).click();
    await step.getByText("ServerHello").waitFor();
    await page.getByRole("button", { name: "Whole lab" }).click();
    await page.locator(".side .tabs").waitFor();
    assert.ok(await page.locator(".ladder").isVisible() && !(await page.locator(".page-title").isVisible()));
    await page.getByRole("button", { name: "Whole lab" }).click();
    await page.locator(".page-title").waitFor();
  }));

test("the list of pages says what is answered and leads to each", () =>
  visit({ fragment: `${LESSON}/3` }, async (page) => {
    const question = page.locator(".question");
    await answer(keyboard(page), question);
    const summary = page.locator(".contents summary");
    const list = page.locator(".contents ol");
    await summary.click();
    await list.waitFor();
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    assert.ok(await summary.evaluate((one) => one === document.activeElement), "the focus goes back");
    await summary.click();
    await list.waitFor();
    await page.locator(".page-title").click();
    await list.waitFor({ state: "detached" });
    await summary.click();
    const here = page.locator(".contents [aria-current=page]");
    await here.getByText("✓ answered").waitFor();
    await page.locator(".contents a").nth(4).click();
    await page.waitForFunction(() => /^ServerHello/.test(document.querySelector(".page-title").innerText));
    assert.equal(await page.locator(".contents ol").count(), 0);
  }));

test("what happens at a step is told once the question about it is answered, or when it is asked for", () =>
  visit({ fragment: `${LESSON}/5` }, async (page) => {
    await page.locator(".step h1").getByText("ServerHello").waitFor();
    const story = page.locator(".step .story");
    const tell = page.getByRole("button", { name: "Tell it now" });
    await tell.waitFor();
    assert.equal(await story.isVisible(), false);
    await answerAll(keyboard(page), page, FIELDS);
    await story.waitFor();
    assert.equal(await tell.count(), 0);
    await page.locator(".question").first().getByRole("button", { name: "Ask me again" }).click();
    await tell.click();
    await story.waitFor();
  }));

test("the name of a field in a lesson's text lights its bytes, unless they are what is asked for", () =>
  visit({ fragment: `${LESSON}/5` }, async (page) => {
    const named = (name) => page.locator(".lesson-above code", { hasText: new RegExp(`^${name}$`) }).first();
    const share = page.locator(".lesson-above code.field-link", { hasText: "key_share" }).first();
    await share.waitFor();
    // The second question asks for the bytes of this one.
    assert.equal(await named("random").getAttribute("role"), null);
    await share.hover();
    const lit = await marked(page, "lit");
    assert.ok(lit.length > 30, `${lit}`);
    await share.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /sel=/.test(location.hash));
    assert.match(await page.locator(".tree [aria-selected=true]").innerText(), /key_share/);
    await answerAll(keyboard(page), page, FIELDS);
    await page.locator(".lesson-above code.field-link", { hasText: "random" }).waitFor();
  }));

test("a word of a lesson leads to the glossary, and from there back to its page", () =>
  visit({ fragment: `${LESSON}/8` }, async (page) => {
    await page.locator(".lesson-above").getByRole("link", { name: "records", exact: true }).click();
    await page.waitForFunction(() => location.hash === "#/learn/glossary/record");
    await page.locator("#term-record").waitFor();
    await page.getByRole("link", { name: /Your first handshake, page 8/ }).click();
    await page.waitForFunction((to) => location.hash.startsWith(`${to}/8`), LESSON);
  }));

test("the card of a key stands beside the tree that the page tells of, and not over it", () =>
  visit({ fragment: `${LESSON}/7`, viewport: { width: 1280, height: 720 } }, async (page) => {
    const [tree, card] = [page.locator(".key-tree"), page.locator(".key-card")];
    await card.waitFor();
    const [a, b] = [await tree.boundingBox(), await card.boundingBox()];
    assert.ok(a.x + a.width <= b.x && b.x + b.width <= 1280 && b.y < 720, JSON.stringify([a, b]));
    // What is pressed in the tree stays where it is.
    const key = page.locator(".key-tree .key").last();
    await key.scrollIntoViewIfNeeded();
    const before = await key.boundingBox();
    await key.click();
    await page.waitForTimeout(200);
    assert.equal((await key.boundingBox()).y, before.y);
  }));

test("a page of a lesson is printed with its step in full, without controls, and with the seed in the foot", () =>
  visit({ fragment: `${LESSON}/5`, theme: "dark" }, async (page) => {
    await page.locator(".step .tree").waitFor();
    const pages = await printed(page);
    const all = pages.join(" ");
    for (const text of ["Your first handshake", "Which cipher suite did the server choose", "supported_versions", "TLS 1.2 (0x0303)"]) assert.ok(all.includes(text), `${text} in ${all}`);
    for (const control of ["New seed", "Open in the lab", "Whole lab", "Next →", "This is my answer", "Nothing is selected", "Tell it now"]) assert.ok(!all.includes(control), `${control} is printed`);
    for (const text of pages) assert.match(text, /Your first handshake · page 5 · seed 42/);
    // As wide as A4 between its margins.
    await page.setViewportSize({ width: 688, height: 980 });
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".question .btn").first().isVisible(), false);
    const widths = await page.evaluate(() => ["main", ".lesson-scene .stage"].map((one) => document.querySelector(one).getBoundingClientRect().width));
    assert.ok(widths[1] > widths[0] * 0.9, `${widths}`);
    const cut = await page.locator(".tree .v").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText));
    assert.deepEqual(cut, []);
  }));

test("a worksheet has all pages of the lesson, its questions with room for answers, and the answers on a last sheet", () =>
  visit({ fragment: `${LESSON}/3?seed=7` }, async (page) => {
    await page.locator(".contents summary").click();
    const titles = (await page.locator(".contents a > span:first-child").allInnerTexts()).slice(0, -1);
    await page.getByRole("button", { name: "Worksheet, to print" }).click();
    await page.locator(".worksheet-answers li").first().waitFor();
    const questions = await page.locator(".worksheet .question").count();
    assert.equal(await page.locator(".worksheet-answers > ol > li").count(), questions);
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Worksheet");
    await page.evaluate(() => { window.print = () => { window.wasPrinted = true; }; });
    await page.getByRole("button", { name: "Print", exact: true }).click();
    await page.waitForFunction(() => window.wasPrinted);
    const pages = await printed(page);
    const squeezed = (text) => text.replace(/\s+/g, "");
    for (const text of pages) assert.match(text, /Your first handshake · worksheet · seed 7/);
    const file = readFileSync(fileURLToPath(new URL("../../lessons/01-your-first-handshake.md", import.meta.url)), "utf8");
    const why = [...file.matchAll(/^explain = "([^"{`*\[]+)"$/gm)].map(([, text]) => squeezed(text));
    assert.ok(why.length > 3);
    const last = pages.findIndex((text) => why.some((one) => squeezed(text).includes(one.slice(0, 40))));
    const [asked, answers] = [pages.slice(0, last), pages.slice(last)].map((some) => squeezed(some.join("")));
    for (const text of [...titles, "Question 1", `Question ${questions}`, "Name", "TLS_AES_128_GCM_SHA256", "cipher_suite"]) assert.ok(asked.includes(squeezed(text)), `${text} in ${asked}`);
    for (const one of why) assert.ok(answers.includes(one.slice(0, 40)) && !asked.includes(one.slice(0, 40)), one);
    for (const control of ["Next→", "Wholelab", "Backtothelesson", "Newseed"]) assert.ok(!asked.includes(control), `${control} is printed`);
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "Back to the lesson" }).click();
    assert.match(await heading(page), /^SYN, ACK/);
    assert.equal(await page.evaluate(() => document.activeElement.className), "page-title");
  }));

/** The files that the page asks for while `visitor` looks around. */
async function fetched(page, visitor) {
  const names = [];
  page.on("request", (request) => names.push(new URL(request.url()).pathname.split("/").pop()));
  await visitor();
  return names;
}

test("a built lesson is opened without its Markdown and without a parser", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const names = await fetched(page, async () => {
      await page.goto(page.url().replace(/#.*/, `${LESSON}/1`));
      await page.locator(".lesson-page p").first().waitFor();
    });
    assert.ok(names.includes("01-your-first-handshake.json"), names.join(" "));
    assert.deepEqual(names.filter((name) => /\.md$|source/.test(name)), []);
  }));

test("a lesson that was added to a built page is read in the page", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const mine = `+++
id = "mine"
title = "My own"
minutes = 1
level = "beginner"
summary = "Mine."
scenario = "tls13"
objectives = ["say hello"]
+++
## Hello

The server chose **{{message.ServerHello.cipher_suite}}** <b>here</b>.
`;
    await page.route("**/lessons/index.toml", (route) => route.fulfill({ body: 'lessons = ["01-your-first-handshake.md", "02-mine.md"]\n' }));
    await page.route("**/lessons/02-mine.md", (route) => route.fulfill({ body: mine }));
    await page.goto(page.url().replace(/#.*/, "#/learn"));
    const list = page.locator(".lesson-list");
    await list.getByRole("link", { name: "Your first handshake" }).waitFor();
    await list.getByRole("link", { name: "My own" }).click();
    const text = page.locator(".lesson-page").first();
    await text.getByText("The server chose").waitFor();
    assert.match(await text.innerText(), /The server chose TLS_\w+ \(0x[0-9a-f]{4}\) <b>here<\/b>\./);
    assert.match(await text.locator("strong").innerText(), /^TLS_/);
  }));

test("progress that cannot be read is told and kept aside", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await page.evaluate(() => localStorage.setItem("handshake-lab/progress", "{broken"));
    await page.goto(page.url().replace(/#.*/, "#/learn"));
    await page.getByText("could not be read").waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem("handshake-lab/progress-unreadable")), "{broken");
    await page.getByText("Not begun yet").first().waitFor();
  }));
