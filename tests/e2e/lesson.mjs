// What the tests of lessons share: a lesson of their own, and what is said of an answer.

export const LESSON = "#/learn/your-first-handshake";

/** What stands in the place of a question that is answered. */
export const right = (question) => question.locator(".solved-answer");
/** What is said of the last answer stands in the foot of the lesson, for one question at a time. */
export const verdict = (question) => question.page().locator(".lesson-foot .verdict");
export const wrong = (question) => verdict(question).getByText("Not yet.");

/** A lesson with these pages, in place of the first one's Markdown, where nothing is built. */
export async function lessonOf(page, body, open = "/1") {
  const text = `+++
id = "your-first-handshake"
title = "Mine"
minutes = 1
level = "beginner"
summary = "Mine."
scenario = "tls13"
objectives = ["say hello"]
sources = ["RFC 9846, section 4"]
+++
${body}`;
  await page.route("**/lessons/built/*.json", (route) => route.fulfill({ body: "{}" }));
  await page.route("**/lessons/01-*.md", (route) => route.fulfill({ body: text }));
  await page.goto(page.url().replace(/#.*/, `${LESSON}${open}`));
}
