// The answer: what it says, opens and prints.

import { MATCH, answer, at, example } from "../world.mjs";

export const pages = [
  ["answer-go", (page) => example(page, "vietnam-bank")],
  ["answer-stop", (page) => example(page, "vietnam-police")],
  ["answer-review", async (page) => {
    const draft = await example(page, "china-reseller");
    await page.goto(at(`/check/${draft}/answer`));
  }],
  ["answer-legs", async (page) => {
    const draft = await example(page, "russian-middleman");
    await page.goto(at(`/check/${draft}/answer`));
  }],
  ["answer-match", (page) => answer(page, MATCH)],
  ["what-if", async (page) => {
    const draft = await example(page, "vietnam-bank");
    await page.goto(at(`/check/${draft}/what-if`));
  }],
];

export const tests = async () => {};
