// The atlas: the map, its table, the slider.

import { calm, expect, test } from "../desk.mjs";
import { at, chrome, example, tab } from "../world.mjs";

export const pages = [
  ["atlas", (page) => page.goto(at("/atlas?example=vietnam-bank&on=2026-09-24"))],
  ["atlas-table", (page) => page.goto(at("/atlas/table?example=vietnam-bank&on=2026-09-24"))],
  ["atlas-wrong", (page) => page.goto(at("/atlas?eccn=nonsense"))],
];

export const tests = async () => {
  await test("arrow keys walk over the atlas, and Tab leaves it", async () => {
    const page = await tab(chrome);
    await page.goto(at("/atlas"));
    await page.locator(".grid a[tabindex='0']").focus();
    const before = await page.evaluate(() => document.activeElement.textContent);
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => document.activeElement.textContent) !== before, "another tile has the focus");
    expect(await page.locator(".deciding p:visible").count() === 1, "one paragraph is shown");
    await page.keyboard.press("Tab");
    expect(!(await page.evaluate(() => document.activeElement.closest(".grid"))), "Tab leaves the map");
    calm(page);
    await page.end();
  });
};
