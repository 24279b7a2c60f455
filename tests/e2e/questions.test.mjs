// The kinds of question that draw the run with something missing, ask for a step, show what a program prints, or are
// answered in one's own words: right and wrong, and what is heard.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tabTo, visit } from "./browser.mjs";
import { lessonOf, right, verdict, wrong } from "./lesson.mjs";

const BUILT = JSON.parse(readFileSync(new URL("../../dist/lessons/built/15-when-it-breaks.json", import.meta.url), "utf8"));

const NARROW = { width: 320, height: 640 };

/** A page with one question of these keys. */
const asking = (keys, lab = 'step = "ServerHello"') => `## One
\`\`\`lab
${lab}
\`\`\`

\`\`\`question
id = "one"
prompt = "What is missing?"
hint = "h"
explain = "Because."
${keys}
\`\`\`

## Two
The end.
`;

const LABEL = asking('kind = "label"\nfrom = "ClientHello"\nto = "client.Finished"');
const SCHEDULE = asking('kind = "schedule"\nblank = ["handshake_secret", "server_handshake_traffic_secret"]', 'step = "ServerHello"\npanel = "keys"\nkey = "handshake_secret"');

const answer = (question) => question.getByRole("button", { name: "Answer", exact: true });
const scene = (page) => page.locator(".lesson-scene");

/** Chooses the first name everywhere, twice, looks up what is right, and gives that back. */
async function lookUp(question) {
  const lists = await question.getByRole("combobox").all();
  assert.ok(await answer(question).isDisabled(), "an unfinished answer cannot be given");
  for (let tries = 0; tries < 2; tries += 1) {
    for (const list of lists) await list.selectOption({ index: 1 });
    await answer(question).click();
    await wrong(question).waitFor();
    assert.match(await verdict(question).innerText(), /\d of \d+ are right\. The first that is wrong: /);
  }
  await question.getByRole("button", { name: "Show the answer" }).click();
  const expected = await question.locator(".looked-up .expected").innerText();
  return expected.trim().split(/\s*\n\s*/).map((pair) => pair.slice(pair.indexOf(": ") + 2));
}

async function fillIn(question, names) {
  const lists = await question.getByRole("combobox").all();
  assert.equal(lists.length, names.length);
  for (const [at, name] of names.entries()) await lists[at].selectOption({ label: name });
  await answer(question).click();
  await right(question).waitFor();
}

test("a ladder is labelled by keyboard, each arrow says where it goes, and no name is seen or heard beside it", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await lessonOf(page, LABEL);
    const question = page.locator(".question");
    await scene(page).locator(".ladder .row").first().waitFor();
    assert.doesNotMatch(await scene(page).innerText(), /ClientHello|ServerHello|Certificate|Finished|SYN/);
    assert.doesNotMatch(await scene(page).ariaSnapshot(), /ClientHello|ServerHello|Certificate|Finished|SYN/);
    assert.equal(await scene(page).locator(".step, .side").count(), 0);
    assert.equal(await scene(page).getByRole("button", { name: "Whole lab" }).count(), 0);
    const first = question.getByRole("combobox", { name: /^Arrow 1, client to server, at [\d.]+ ms, not encrypted$/ });
    await tabTo(page, first);
    await page.keyboard.type("ServerH");
    assert.equal(await first.locator("option:checked").innerText(), "ServerHello");
    const names = await lookUp(question);
    assert.deepEqual(names.slice(0, 2), ["ClientHello", "ServerHello"]);
    // Right but for the second arrow.
    const lists = await question.getByRole("combobox").all();
    for (const [at, name] of names.entries()) await lists[at].selectOption({ label: at === 1 ? "ClientHello" : name });
    await answer(question).click();
    await verdict(question).getByText("The first that is wrong: arrow 2.").waitFor();
    await verdict(question).getByText("ClientHello is sent by the client; this arrow goes the other way.").waitFor();
    await fillIn(question, names);
    await scene(page).locator(".step h1").getByText("ServerHello").waitFor();
    await scene(page).getByRole("button", { name: "Sequence" }).click();
    await scene(page).locator(".ladder .label").getByText("ServerHello").waitFor();
  }));

test("the names beside a ladder are shown to whoever wants them", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await lessonOf(page, LABEL);
    await scene(page).getByRole("button", { name: "Show it now" }).click();
    await scene(page).locator(".step h1").getByText("ServerHello").waitFor();
    await scene(page).getByRole("button", { name: "Whole lab" }).waitFor();
  }));

test("a key schedule is filled in, with the sequence beside it and no key", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await lessonOf(page, SCHEDULE);
    const question = page.locator(".question");
    await scene(page).locator(".ladder .label").getByText("ServerHello").waitFor();
    assert.equal(await scene(page).locator(".step, .side").count(), 0);
    await question.getByRole("combobox", { name: /^Name 1, computed as HKDF-Extract\(/ }).waitFor();
    await question.getByRole("combobox", { name: /^Name 2, computed as Derive-Secret\(name 1, "s hs traffic"/ }).waitFor();
    const formulas = await question.locator(".blanks .about").allInnerTexts();
    assert.doesNotMatch(formulas.join(" "), /\b(handshake_secret|server_handshake_traffic_secret)\b/);
    const names = await lookUp(question);
    assert.deepEqual(names, ["handshake_secret", "server_handshake_traffic_secret"]);
    await fillIn(question, names);
    await scene(page).locator(".key-card").getByText("handshake_secret").first().waitFor();
  }));

for (const [name, body] of Object.entries({ "a ladder": LABEL, "a key schedule": SCHEDULE })) {
  test(`${name} to be filled in fits a narrow phone`, () =>
    visit({ fragment: "#/break", viewport: NARROW, hasTouch: true }, async (page) => {
      await lessonOf(page, body);
      const lists = page.locator(".question select");
      await lists.first().waitFor();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${over} px wider than the window`);
      for (const list of await lists.all()) {
        const { width, right } = await list.evaluate((element) => element.getBoundingClientRect());
        assert.ok(width >= 120 && right <= NARROW.width, `${width} px wide, up to ${right}`);
      }
    }));
}

test("a step is chosen among all of the run, and a wrong one is told what it is", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await lessonOf(page, asking('kind = "step"\nwhich = "first-encrypted"'));
    const question = page.locator(".question");
    const group = question.getByRole("radiogroup", { name: "What is missing?" });
    await group.getByRole("radio", { name: "1. SYN (client → server)" }).check();
    await answer(question).click();
    await verdict(question).getByText("You chose SYN.").waitFor();
    await verdict(question).getByRole("button", { name: "Try again" }).click();
    await group.getByRole("radio", { name: /EncryptedExtensions \(server → client\)$/ }).check();
    await answer(question).click();
    await right(question).getByText("EncryptedExtensions").waitFor();
  }));

test("what a program prints is shown with a question, and is no part of what names its form", () => {
  const number = BUILT.pages.findIndex((page) => page.title === "Read it: the name") + 1;
  return visit({ fragment: `#/learn/when-it-breaks/${number}` }, async (page) => {
    const question = page.locator(".question").first();
    await question.locator(".shown pre").getByText("curl: (60) SSL: no alternative certificate subject name matches").waitFor();
    const group = question.getByRole("radiogroup", { name: "Why did curl give up?", exact: true });
    await group.getByRole("radio", { name: /authority is not known/ }).check();
    await answer(question).click();
    await verdict(question).getByText("unable to get local issuer certificate").waitFor();
    await group.getByRole("radio", { name: /for other names/ }).check();
    await answer(question).click();
    await right(question).waitFor();
  });
});

test("what is to be said can be written, stays while the page is open, and is compared by whoever wrote it", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await lessonOf(page, `## One
\`\`\`question
id = "aloud"
kind = "say"
prompt = "What is TLS?"
points = ["a promise"]
answer = "**Three** promises."
\`\`\`

## Two
The end.
`);
    const own = page.getByRole("textbox", { name: "Your own words" });
    await own.fill("A tunnel, they say");
    await page.locator(".lesson-nav .primary").click();
    await page.locator(".page-title").getByText("Two").waitFor();
    await page.goBack();
    await own.waitFor();
    assert.equal(await own.inputValue(), "A tunnel, they say");
    await page.getByRole("button", { name: "Show a good answer" }).click();
    await page.locator(".model").getByText("Three promises.").waitFor();
    assert.ok(await own.isVisible(), "one beside the other");
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    assert.ok(!stored.includes("A tunnel"));
    await page.getByLabel("a promise").check();
    await page.getByRole("button", { name: "That is what I said" }).click();
    await right(page.locator(".question")).waitFor();
  }));
