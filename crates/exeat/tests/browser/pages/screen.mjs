// Screen: a name, a file of names, the lists.

import { accessible, calm, expect, test } from "../desk.mjs";
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
  await test("alerts of a file are worked by keyboard, and a decision holds beside the search too", async () => {
    const page = await tab(chrome);
    await page.goto(at("/screen/file"));
    await page.fill("textarea", "name,country\nNSO Group Technology,IL\nNSO Group Technology,FR\n");
    await page.click("button.main");
    await page.locator("text=Done").waitFor();
    const first = page.url();
    await page.keyboard.press("o");
    await page.waitForURL(/\/file\/[0-9a-f]+\/\d+$/);
    await page.keyboard.press("x");
    await page.keyboard.press("w");
    await page.keyboard.type("another company: its register says so");
    await page.keyboard.press("Enter");
    await page.waitForURL((it) => !it.pathname.endsWith("/1"));
    await page.goto(`${first}/1`);
    expect(/Somebody else, says Ana Lyst/.test(await page.textContent("main")), "the row is decided");
    await page.goto(at("/screen?name=NSO+Group+Technology&country=IL"));
    expect(/Somebody else, says Ana Lyst/.test(await page.textContent("main")), "and so is the same name beside a search");
    await page.goto(at("/screen?name=NSO+Group+Technology&country=FR"));
    expect(/to decide/i.test(await page.textContent("#found")), "a name from another country is not the same");
    await accessible(page);
    calm(page);
    await page.end();
  });

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
