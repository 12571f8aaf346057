// What every page has: the way in, the desk, keys, the palette, how heavy it is.

import { join } from "node:path";
import { accessible, calm, expect, pictures, test } from "../desk.mjs";
import { at, chrome, open, tab } from "../world.mjs";

export const pages = [
  ["desk", (page) => page.goto(at("/"))],
  ["not-found", (page) => page.goto(at("/nowhere"))],
];

export const tests = async () => {
  await test("the first load is under a hundred kilobytes", async () => {
    for (const path of ["/", "/check", "/queue", "/law", "/atlas?example=vietnam-bank&on=2026-09-24"]) {
      const page = await tab(chrome);
      const loaded = [];
      page.on("requestfinished", (it) => loaded.push(it.sizes()));
      await page.goto(at(path), { waitUntil: "networkidle", timeout: 120_000 });
      const bytes = (await Promise.all(loaded)).reduce((all, it) => all + it.responseBodySize + it.responseHeadersSize, 0);
      expect(bytes > 1_000 && bytes < 100_000, `${path} loads ${bytes} bytes`);
      console.log(`      ${path}: ${bytes} bytes`);
      await page.end();
    }
  });

  await test("the palette finds pages, and the help lists the keys", async () => {
    const page = await tab(chrome);
    await page.goto(at("/"));
    await page.keyboard.press("Control+k");
    await page.keyboard.type("new ch");
    await accessible(page);
    await page.screenshot({ path: join(pictures, "palette-light.png") });
    await page.keyboard.press("Enter");
    await page.waitForURL("**/check");
    await page.locator("h1").click();
    await page.keyboard.press("?");
    expect(await page.locator("dialog[open] h2").textContent() === "Keyboard shortcuts", "the help is open");
    await accessible(page);
    await page.screenshot({ path: join(pictures, "help-light.png") });
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.waitForURL(at("/"));
    calm(page);
    await page.end();
  });
};
