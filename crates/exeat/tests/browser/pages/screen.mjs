// Screen: a name, a file of names, the lists.

import { expect, test } from "../desk.mjs";
import { HOSTILE, at, chrome, example, tab } from "../world.mjs";

export const pages = [
  ["screen-begin", (page) => page.goto(at("/screen"))],
  ["screen", (page) => page.goto(at("/screen?name=NSO+Grup+Technologies&country=IL"))],
  ["screen-wrong", (page) => page.goto(at("/screen?name=x&country=nowhere"))],
  ["screen-file", (page) => page.goto(at("/screen/file"))],
  ["screen-alerts", async (page) => {
    await page.goto(at("/screen/file"));
    await page.fill("textarea", "name,country\nNSO Grup Technologies,IL\nNobody Whatever,US\n");
    await page.click("button.main");
    await page.locator("text=Done").waitFor();
  }],
  ["screen-changes", (page) => page.goto(at("/screen/changes"))],
  ["screen-lists", (page) => page.goto(at("/screen/lists"))],
];

export const tests = async () => {
  await test("hostile text is text in names, products and words of the law", async () => {
    const page = await tab(chrome);
    const hostile = encodeURIComponent(HOSTILE);
    for (const path of [`/screen?name=${hostile}&address=${hostile}`, `/law?q=${hostile}`, `/law/${hostile}`, `/atlas?eccn=${hostile}`, `/atlas?example=${hostile}`,
      `/classify?began=1&name=${hostile}&can=${hostile}&q.${hostile}=${hostile}`, `/screen/entry/EL/${hostile}`]) await page.goto(at(path));
    await page.goto(at("/screen/file"));
    await page.fill("textarea", `${JSON.stringify({ name: `NSO Group ${HOSTILE}`, address: HOSTILE })}\n`);
    await page.click("button.main");
    await page.locator("text=Done").waitFor();
    expect(await page.evaluate(() => window.hit) === undefined, "nothing was executed");
    await page.end();
  });
};
