// What is said of an answer to each kind of question is in view. Then the kinds that draw the run with something missing,
// ask for a step, show what a program prints, or are answered in one's own words: right and wrong, and what is heard.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { tabTo, visit } from "./browser.mjs";
import { answerOrder, lessonOf, right, selectField, verdict, wrong } from "./lesson.mjs";
import { list } from "./program.mjs";
import { SIZES } from "./sizes.mjs";

const BUILT = JSON.parse(readFileSync(new URL("../../dist/lessons/built/15-when-it-breaks.json", import.meta.url), "utf8"));

const FOLDER = new URL("../../lessons/", import.meta.url);
const LESSONS = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));

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

/** What authors say of right answers, the most of it. */
const LONGEST = LESSONS
  .flatMap((name) => [...readFileSync(new URL(name, FOLDER), "utf8").matchAll(/^explain = "([^"{`*\[]+)"$/gm)])
  .map(([, text]) => text)
  .reduce((one, other) => (other.length > one.length ? other : one), "");

/** Chooses by name among options, and answers. */
const pick = (...names) => async (question) => {
  for (const option of await question.getByRole("checkbox").all()) await option.uncheck();
  for (const name of names) await question.getByLabel(name, { exact: true }).check();
  await answer(question).click();
};

/** Chooses in each list what `of` gives for its place, and answers. */
const inLists = (of) => async (question) => {
  for (const [at, choices] of (await question.getByRole("combobox").all()).entries()) await choices.selectOption(of(at));
  await answer(question).click();
};
const firstOfAll = inLists(() => ({ index: 1 }));
const named = (...names) => inLists((at) => ({ label: names[at] }));

const type = (text) => async (question) => {
  await question.getByRole("textbox").fill(text);
  await answer(question).click();
};

const bytesOf = (field) => async (question) => {
  await selectField(question.page(), field);
  await question.getByRole("button", { name: "This is my answer" }).click();
};

const say = async (question) => {
  const show = question.getByRole("button", { name: "Show a good answer" });
  if (await show.isVisible()) await show.click();
  else await question.getByRole("checkbox").first().check();
  await question.getByRole("button", { name: "That is what I said" }).click();
};

const options = (...texts) => `option = [${texts.map((text) => (text.startsWith("-") ? `{ text = "${text.slice(1)}", why = "${LONGEST}" }` : `{ text = "${text}", right = true }`)).join(", ")}]`;

/** Of each kind: its keys, how it is answered wrongly and then rightly, and the page of the lesson that it is on. */
const KINDS = {
  choice: { keys: options("good", "-bad"), miss: pick("bad"), hit: pick("good") },
  several: { keys: options("this", "that", "-neither"), miss: pick("this", "neither"), hit: pick("this", "that") },
  truth: { keys: `right = false\nwhy = "${LONGEST}"`, miss: pick("True"), hit: pick("False") },
  order: { keys: 'items = ["SYN", "ClientHello", "ServerHello"]', miss: (question) => answer(question).click(), hit: (question) => answerOrder(question, ["SYN", "ClientHello", "ServerHello"]) },
  match: { keys: 'pair = [{ item = "one", text = "1" }, { item = "two", text = "2" }]', miss: firstOfAll, hit: named("1", "2") },
  step: { keys: 'which = "first-encrypted"', miss: pick("1. SYN (client → server)"), hit: async (question) => {
    await question.getByRole("radio", { name: /EncryptedExtensions \(server → client\)$/ }).check();
    await answer(question).click();
  } },
  byte: { keys: 'answer = "message.ServerHello.random"', miss: bytesOf("cipher_suite"), hit: bytesOf("random") },
  value: { keys: 'answer = "scenario.seed"', miss: type("77"), hit: type("5") },
  say: { keys: 'points = ["a promise"]\nanswer = "Three promises."', miss: say, hit: say, missed: "0 of 1 points" },
  label: { page: 2, keys: 'from = "ClientHello"\nto = "EncryptedExtensions"', miss: firstOfAll, hit: named("ClientHello", "ServerHello", "EncryptedExtensions") },
  schedule: { page: 3, keys: 'blank = ["handshake_secret", "server_handshake_traffic_secret"]', miss: firstOfAll, hit: named("handshake_secret", "server_handshake_traffic_secret") },
};
const onPage = (number) => Object.entries(KINDS).filter(([, { page = 1 }]) => page === number);

/** A lesson that asks all of them. */
const ALL_KINDS = [1, 2, 3].map((number) => `## Page ${number}
\`\`\`lab
step = "ServerHello"
\`\`\`

${onPage(number).map(([kind, { keys }]) => `\`\`\`question
id = "${kind}"
kind = "${kind}"
prompt = "What is asked?"
hint = "${LONGEST}"
explain = "${LONGEST}"
${keys}
\`\`\`
`).join("\n")}`).join("\n");

/** What is wrong with where the verdict stands: what of it is outside of the window, behind something, or to be scrolled to. */
const outOfView = (page) =>
  verdict(page.locator("main")).evaluate(async (verdict) => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const { left, right, top, bottom } = verdict.getBoundingClientRect();
    const shares = [0.01, 0.25, 0.5, 0.75, 0.99];
    const points = shares.flatMap((x) => shares.map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
    const over = points.map(([x, y]) => document.elementFromPoint(x, y)).filter((hit) => !verdict.contains(hit));
    const wrong = over.map((hit) => `behind ${hit?.className || hit?.tagName}`);
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) wrong.push(`from ${left}, ${top} to ${right}, ${bottom}`);
    if (verdict.scrollHeight > verdict.clientHeight + 1) wrong.push(`${verdict.scrollHeight - verdict.clientHeight} px to scroll`);
    return [...new Set(wrong)];
  });

test("every kind of question that lessons ask is among those whose verdicts are looked at", () =>
  assert.deepEqual([...new Set(list("questions").map(({ kind }) => kind))].sort(), Object.keys(KINDS).sort()));

for (const [name, viewport] of Object.entries(SIZES)) {
  test(`what is said of a wrong and of a right answer is in view, and under no bar, with every kind of question: ${name}`, () =>
    visit({ fragment: "#/break", viewport }, async (page) => {
      await lessonOf(page, ALL_KINDS, "/1?seed=5");
      for (const number of [1, 2, 3]) {
        for (const [kind, { miss, hit, missed = "Not yet." }] of onPage(number)) {
          const question = page.locator(`[aria-labelledby="question-${kind}"]`);
          await question.waitFor();
          await miss(question);
          await verdict(question).getByText(missed).waitFor();
          assert.deepEqual(await outOfView(page), [], `${kind}, wrong`);
          await hit(question);
          await right(question).waitFor();
          await verdict(question).getByText("✓ Right.").waitFor();
          assert.deepEqual(await outOfView(page), [], `${kind}, right`);
        }
        await page.locator(".lesson-nav .primary").click();
      }
      await page.locator(".lesson-end .score").getByText(`All ${Object.keys(KINDS).length} questions right`).waitFor();
    }));
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
