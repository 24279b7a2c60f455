// Answering the questions of a lesson as a person does: by keyboard alone, or with a finger. What is right is looked up in
// the page after two wrong answers; the fields that are asked for as bytes are named by whoever knows the lesson.

import assert from "node:assert/strict";
import { settled, tabTo } from "./browser.mjs";
import { right, wrong } from "./lesson.mjs";

/** Waits until what the page does in its next frame is done: a person sees that before going on. */
const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const texts = async (locator) => (await locator.allInnerTexts()).map((text) => text.trim());

/** Tab, Enter, Space, arrows, and what is typed: nothing else. */
export const keyboard = (page) => {
  const times = async (key, count) => {
    for (let press = 0; press < count; press += 1) await page.keyboard.press(key);
  };
  const hands = {
    press: async (button) => {
      await tabTo(page, button);
      await page.keyboard.press("Enter");
    },
    tick: async (box) => {
      await tabTo(page, box);
      await page.keyboard.press("Space");
    },
    /** Tab stops once at radio buttons; arrows go on from there, and choose. */
    choose: async (group, at) => {
      await tabTo(page, group, { inside: true });
      const from = await group.getByRole("radio").evaluateAll((all) => all.indexOf(document.activeElement));
      if (from === at) await page.keyboard.press("Space");
      else await times(at > from ? "ArrowDown" : "ArrowUp", Math.abs(at - from));
    },
    pick: async (list, at) => {
      await tabTo(page, list);
      const from = await list.evaluate((list) => list.selectedIndex);
      await times(at > from ? "ArrowDown" : "ArrowUp", Math.abs(at - from));
    },
    type: async (field, text) => {
      await tabTo(page, field);
      await page.keyboard.press("Control+A");
      await page.keyboard.type(text);
    },
    /** Moves the line at `from` up to `to`; the focus goes along with it. */
    raise: async (question, from, to) => {
      await tabTo(page, question.locator("ol.order li").nth(from).locator("[data-move=up]"));
      for (let at = from; at > to; at -= 1) {
        await page.keyboard.press("Enter");
        await drawn(page);
      }
    },
    /** Selects the field of this name, in the tree that the question leads to. */
    field: async (question, name) => {
      await hands.press(question.getByRole("button", { name: "Go to the bytes" }));
      const here = () =>
        page.evaluate(() => {
          const row = document.activeElement;
          return { role: row.getAttribute("role"), name: row.querySelector(".name")?.textContent, closed: row.getAttribute("aria-expanded") === "false" };
        });
      await page.keyboard.press("Home");
      for (let presses = 0; presses < 300; presses += 1) {
        const row = await here();
        assert.equal(row.role, "treeitem");
        if (row.name === name) return;
        await page.keyboard.press(row.closed ? "ArrowRight" : "ArrowDown");
      }
      assert.fail(`the keyboard does not reach the field ${name}`);
    },
  };
  return hands;
};

/** Taps, and what is typed on the keys that a phone then shows. */
export const finger = (page) => ({
  press: (button) => button.tap(),
  tick: (box) => box.tap(),
  choose: (group, at) => group.locator(".option").nth(at).tap(),
  // The list that opens is the system's and no part of the page.
  pick: (list, at) => list.selectOption({ index: at }),
  type: async (field, text) => {
    await field.tap();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
  },
  raise: async (question, from, to) => {
    for (let at = from; at > to; at -= 1) {
      await question.locator("ol.order li").nth(at).locator("[data-move=up]").tap();
      await drawn(page);
    }
  },
  field: async (question, name) => {
    const rows = page.locator(".step [role=treeitem]");
    const row = rows.filter({ has: page.locator(".name", { hasText: new RegExp(`^${name}$`) }) }).first();
    await rows.first().waitFor();
    for (let closed = 0; closed < 40 && !(await row.isVisible()); closed += 1) {
      await page.locator(".step [role=treeitem][aria-expanded=false]").first().tap();
    }
    await row.tap();
  },
});

/** What there is to do with each form: a guess, the `at`-th of two, and what the page says is right. */
const FORMS = [
  {
    is: "[role=radiogroup]",
    guess: (hands, question, at) => hands.choose(question.getByRole("radiogroup"), at),
    give: async (hands, question, lines) => {
      const at = (await texts(question.locator(".option"))).indexOf(lines.join("; "));
      await hands.choose(question.getByRole("radiogroup"), at);
    },
  },
  {
    is: "input[type=text]",
    guess: (hands, question, at) => hands.type(question.getByRole("textbox"), ["no", "nonsense"][at]),
    give: (hands, question, [line]) => hands.type(question.getByRole("textbox"), line.split(" ")[0]),
  },
  {
    is: "input[type=checkbox]",
    guess: async (hands, question, at) => hands.tick(question.getByRole("checkbox").nth(at)),
    give: async (hands, question, lines) => {
      for (const [at, text] of (await texts(question.locator(".option"))).entries()) {
        const box = question.getByRole("checkbox").nth(at);
        if ((await box.isChecked()) !== lines.includes(text)) await hands.tick(box);
      }
    },
  },
  {
    is: "select",
    guess: async (hands, question) => {
      for (const list of await question.getByRole("combobox").all()) await hands.pick(list, 1);
    },
    give: async (hands, question, lines) => {
      const lists = await question.getByRole("combobox").all();
      assert.equal(lists.length, lines.length);
      for (const [at, list] of lists.entries()) {
        const options = await texts(list.locator("option"));
        await hands.pick(list, options.indexOf(lines[at].slice(lines[at].indexOf(": ") + 2)));
      }
    },
  },
  {
    is: "ol.order",
    guess: () => {},
    give: async (hands, question, [line]) => {
      for (const [to, text] of line.split(", then ").entries()) {
        const from = (await texts(question.locator("ol.order .item"))).indexOf(text);
        if (from !== to) await hands.raise(question, from, to);
      }
    },
  },
];

/** Answers a question: `fields` has the name of the field for each that asks for bytes, by the question's id. */
export async function answer(hands, question, fields) {
  const button = (name) => question.getByRole("button", { name, exact: true });
  const id = (await question.getAttribute("aria-labelledby")).replace("question-", "");
  if (await button("Show a good answer").count()) {
    await hands.press(button("Show a good answer"));
    for (const point of await question.getByRole("checkbox").all()) await hands.tick(point);
    await hands.press(button("That is what I said"));
  } else if (await button("This is my answer").count()) {
    await hands.field(question, fields[id]);
    await hands.press(button("This is my answer"));
  } else {
    const found = await Promise.all(FORMS.map(({ is }) => question.locator(is).count()));
    await lookUp(hands, question, FORMS[found.findIndex((count) => count > 0)]);
  }
  await right(question).waitFor();
}

/** Guesses until it is right or the answer is shown, and then gives that. */
async function lookUp(hands, question, { guess, give }) {
  const submit = () => hands.press(question.getByRole("button", { name: "Answer", exact: true }));
  const show = question.getByRole("button", { name: "Show the answer" });
  for (const [at, told] of [wrong(question), show].entries()) {
    if (await show.isVisible()) break;
    await guess(hands, question, at);
    await submit();
    await right(question).or(told).first().waitFor();
    if (await right(question).isVisible()) return;
  }
  await hands.press(show);
  const expected = question.locator(".looked-up .expected .line");
  await expected.first().waitFor();
  await give(hands, question, await texts(expected));
  await submit();
}

/** Answers every question on the page that is open. Gives back how many there were. */
export async function answerAll(hands, page, fields) {
  // They come with the run that they are about.
  await settled(page);
  const questions = await page.locator(".question").all();
  for (const question of questions) await answer(hands, question, fields);
  return questions.length;
}

/** Answers all from the page that is open to the last, and goes on to the end. Gives back how many there were. */
export async function toTheEnd(hands, page, fields) {
  const [heading, on] = [page.locator(".page-title"), page.locator(".lesson-nav .primary")];
  let questions = 0;
  while (await on.isVisible()) {
    questions += await answerAll(hands, page, fields);
    const before = await heading.innerText();
    await hands.press(on);
    await page.waitForFunction((before) => document.querySelector(".page-title").innerText !== before, before);
    assert.equal(await page.evaluate(() => document.activeElement.className), "page-title");
  }
  return questions;
}
