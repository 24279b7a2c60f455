// Every kind of question, right and wrong, what is heard, and that what is said is in view at every size; and what is special
// about those that draw the run with something missing, show what a program prints, or are answered in one's own words.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { answer as answerAs, keyboard } from "./answers.mjs";
import { WIDTHS, tabTo, visit } from "./browser.mjs";
import { lessonOf, right, verdict, wrong } from "./lesson.mjs";
import { SIZES } from "./sizes.mjs";

const BUILT = JSON.parse(readFileSync(new URL("../../dist/lessons/built/15-when-it-breaks.json", import.meta.url), "utf8"));

/** The kinds that the program knows, by their names. */
const SOURCES = new URL("../../src/lesson/question/", import.meta.url);
const KINDS = readdirSync(SOURCES).flatMap((file) => {
  const kind = file.endsWith(".rs") && /pub const KIND: Kind =\s*Kind \{\s*name: "(\w+)"/.exec(readFileSync(new URL(file, SOURCES), "utf8"));
  return kind ? [kind[1]] : [];
});

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
const LESSONS = new URL("../../lessons/", import.meta.url);
const LONGEST = readdirSync(LESSONS)
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) => [...readFileSync(new URL(name, LESSONS), "utf8").matchAll(/^explain = "([^"{`*\[]+)"$/gm)])
  .map(([, text]) => text)
  .reduce((one, other) => (other.length > one.length ? other : one), "");

const submit = (question) => answer(question).click();
const radio = (name) => async (question) => {
  await question.getByRole("radio", { name, exact: true }).check();
  await submit(question);
};
const firstEverywhere = async (question) => {
  for (const list of await question.getByRole("combobox").all()) await list.selectOption({ index: 1 });
  await submit(question);
};
/** What names the form of a question is its prompt. */
const called = (role) => (question, prompt) => question.getByRole(role, { name: prompt, exact: true });

/**
 * For each kind: its keys, how its form is called, a wrong answer, and what is heard of that besides “Not yet”. Those with
 * the lab's keys stand on a page of their own, since what they hide would be missing for the others.
 */
const EACH = {
  choice: { keys: 'option = [{ text = "a", right = true }, { text = "b", why = "Not b." }]', form: called("radiogroup"), wrong: radio("b"), heard: /Not b\./ },
  several: {
    keys: 'option = [{ text = "a", right = true }, { text = "b", right = true }, { text = "c", why = "Not that." }]',
    form: called("group"),
    wrong: async (question) => {
      await question.getByLabel("a", { exact: true }).check();
      await question.getByLabel("c", { exact: true }).check();
      await submit(question);
      await verdict(question).getByText("Not that.").waitFor();
      await question.getByLabel("c", { exact: true }).uncheck();
      await submit(question);
    },
    heard: /Not this one: c[^]*Not that\.[^]*1 more is missing/,
  },
  truth: { keys: 'right = false\nwhy = "Count again."', form: called("radiogroup"), wrong: radio("True"), heard: /Count again\./ },
  order: {
    keys: 'items = ["SYN", "ClientHello", "ServerHello"]',
    form: (question) => question.getByRole("button", { name: /^Move up: SYN \(/ }),
    wrong: submit,
    heard: /does not come (first|next)\./,
  },
  match: {
    keys: 'pair = [{ item = "one", text = "1" }, { item = "two", text = "2" }]',
    form: called("group"),
    wrong: firstEverywhere,
    heard: /1 of 2 are right\./,
  },
  value: {
    keys: 'answer = "message.ClientHello.random:length"\nunit = "bytes"\noption = [{ from = "key.client_handshake_iv:length", why = "That is the IV." }]',
    form: called("textbox"),
    wrong: async (question) => {
      await question.getByRole("textbox").fill("12");
      await submit(question);
    },
    heard: /That is the IV\./,
  },
  step: { keys: 'which = "first-encrypted"', form: called("radiogroup"), wrong: radio("1. SYN (client → server)"), heard: /You chose SYN\./ },
  say: {
    keys: 'points = ["a *wire*", "a promise"]\nanswer = "**Three** promises."',
    form: (question) => question.getByRole("textbox", { name: "Your own words" }),
    wrong: async (question) => {
      await question.getByRole("button", { name: "Show a good answer" }).click();
      await question.page().waitForFunction(() => document.activeElement.matches(".model"));
      await question.getByLabel("a promise").check();
      await question.getByRole("button", { name: "That is what I said" }).click();
      await verdict(question).getByText("1 of 2 points").waitFor();
    },
    // What is missing is no error.
    heard: /^(?![^]*Not yet)[^]*1 of 2 points/,
    right: async (question) => {
      await question.getByLabel("a wire").check();
      await question.getByRole("button", { name: "That is what I said" }).click();
    },
  },
  byte: {
    keys: 'answer = "message.ServerHello.random"',
    lab: 'step = "ServerHello"',
    form: (question) => question.getByRole("status").getByText("Nothing is selected in the lab yet."),
    wrong: async (question) => {
      await keyboard(question.page()).field(question, "legacy_version");
      await question.getByRole("button", { name: "This is my answer" }).click();
    },
    heard: /Selected: legacy_version[^]*You selected legacy_version\./,
  },
  label: { keys: 'from = "ClientHello"\nto = "Certificate"', lab: 'step = "ServerHello"', form: called("group"), wrong: firstEverywhere, heard: /\d of \d+ are right\./ },
  schedule: {
    keys: 'blank = ["handshake_secret", "server_handshake_traffic_secret"]',
    lab: 'step = "ServerHello"\npanel = "keys"\nkey = "handshake_secret"',
    form: called("group"),
    wrong: firstEverywhere,
    heard: /\d of 2 are right\./,
  },
};

/** A question of a kind: its prompt and its id say which. */
const block = (kind) => `
\`\`\`question
id = "${kind}"
kind = "${kind}"
prompt = "What is asked, as ${kind}?"
${kind === "say" ? "" : `explain = "${LONGEST}"\n${kind === "truth" ? "" : `hint = "${LONGEST}"\n`}`}${EACH[kind].keys}
\`\`\`
`;

/** From now on keeps the text of each live region of the page whenever that changes: what a screen reader says. */
const listen = (page) =>
  page.evaluate(() => {
    globalThis.heard = [];
    const watch = new MutationObserver((changes) => {
      const around = ({ target }) => (target.closest ? target : target.parentElement)?.closest("[role=status], [role=alert]");
      for (const region of new Set(changes.map(around))) if (region) globalThis.heard.push(region.innerText);
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  });

/** What was heard since the last time. */
const heard = (page) => page.evaluate(() => globalThis.heard.splice(0).join("\n"));

/** What is wrong with where the verdict stands: what of it is outside of the window, behind something, or to be scrolled to. */
const outOfView = (page) =>
  page.locator(".lesson-foot .verdict").evaluate(async (verdict) => {
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

/** Holds what is said of an answer to being in view, and under no bar, at each of the sizes. */
async function inView(page, what) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    assert.deepEqual(await outOfView(page), [], `${what}, ${size}`);
  }
  await page.setViewportSize(WIDTHS.desktop);
}

/** Answers a question wrongly and then rightly. */
async function wrongAndRight(page, kind) {
  const question = page.locator(".question", { has: page.locator(`#question-${kind}`) });
  const { form, wrong: mistake, heard: wanted, right: correct } = EACH[kind];
  await form(question, `What is asked, as ${kind}?`).first().waitFor();
  await heard(page);
  await mistake(question);
  if (kind !== "say") await wrong(question).waitFor();
  const said = await heard(page);
  assert.match(said, wanted, kind);
  if (kind !== "say") assert.match(said, /✗ Not yet\./, kind);
  assert.equal(await page.locator(".lesson-foot.wrong").count(), kind === "say" ? 0 : 1, kind);
  await inView(page, `${kind}, wrong`);
  await (correct ?? ((question) => answerAs(keyboard(page), question, { byte: "random" })))(question);
  await right(question).waitFor();
  assert.match(await heard(page), /✓ Right\./, kind);
  // The button that had the focus is gone: it is on the way on.
  assert.equal(await page.evaluate(() => document.activeElement.closest(".lesson-nav") !== null), true, kind);
  await inView(page, `${kind}, right`);
}

test("every kind of question says what is wrong and what is right, in view at every size, and has a name", () =>
  visit({ fragment: "#/break" }, async (page) => {
    assert.deepEqual(Object.keys(EACH).sort(), KINDS.sort());
    const [together, alone] = [false, true].map((own) => Object.keys(EACH).filter((kind) => Boolean(EACH[kind].lab) === own));
    const pages = alone.map((kind) => `## ${kind}\n\`\`\`lab\n${EACH[kind].lab}\n\`\`\`\n${block(kind)}`);
    await lessonOf(page, `## Together\n\`\`\`lab\nstep = "SYN"\n\`\`\`\n${together.map(block).join("")}\n${pages.join("\n")}`);
    await page.locator(".question").nth(together.length - 1).waitFor();
    await listen(page);
    for (const kind of together) await wrongAndRight(page, kind);
    await page.reload();
    await right(page.locator(".question")).first().waitFor();
    assert.equal(await page.locator(".question.solved").count(), together.length);
    await listen(page);
    const several = page.locator(".question", { has: page.locator("#question-several") });
    await several.getByRole("button", { name: "Ask me again" }).click();
    await several.getByRole("checkbox").first().waitFor();
    assert.equal(await page.locator(".question.solved").count(), together.length - 1);
    assert.match(page.url(), /seed=\d+/);
    const on = page.locator(".lesson-nav .primary");
    for (const kind of alone) {
      await on.click();
      await page.locator(".page-title").getByText(kind, { exact: true }).waitFor();
      await wrongAndRight(page, kind);
    }
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Finish");
    await on.click();
    await page.locator(".sources").getByText("RFC 9846, section 4").waitFor();
  }));

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
