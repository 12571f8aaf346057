// The law as one reads it.

import { calm, expect, test } from "../desk.mjs";
import { at, chrome, tab } from "../world.mjs";

export const pages = [
  ["law", (page) => page.goto(at("/law"))],
  ["law-section", (page) => page.goto(at("/law/740.22?on=2026-09-24"))],
  ["law-paragraph", (page) => page.goto(at("/law/740.22(c)(2)(i)?on=2026-09-24"))],
  ["law-cases", (page) => page.goto(at("/law/cases/740.22(c)(2)?on=2026-09-24"))],
  ["law-search", (page) => page.goto(at("/law?q=government"))],
  ["law-nothing", (page) => page.goto(at("/law/999.9"))],
  ["law-limits", (page) => page.goto(at("/law/limits"))],
  ["law-compare", (page) => page.goto(at("/law/compare?from=2022-05-25&to=2022-05-26"))],
];

export const tests = async () => {
  await test("the cases that exercise a paragraph are shown beside it, and one is taken as a check", async () => {
    const page = await tab(chrome);
    await page.goto(at("/law/740.22(c)(2)?on=2026-09-24"));
    await page.click("[data-load*='/law/cases-part/']");
    await page.locator("text=cases are in the program").waitFor({ timeout: 120_000 });
    expect(await page.locator("ul.hits a[href^='/law/case/']").count() > 2, "cases are named");
    await page.locator("ul.hits a[href^='/law/case/']").first().click();
    await page.waitForURL(/\/answer$/);
    calm(page);
    await page.end();
  });

  await test("the atlas, the law, a name and a product without JavaScript", async () => {
    const page = await tab(chrome, { javaScriptEnabled: false });
    await page.goto(at("/atlas"));
    await page.locator(".days a").nth(3).click();
    expect(/on=\d{4}-/.test(page.url()), "a day is a link");
    await page.locator(".grid a[href*='/to/VN']").click();
    expect(page.url().endsWith("/answer"), "a tile leads to its answer");
    await page.goto(at("/law"));
    await page.fill("[name=q]", "740.22(c)(2)");
    await page.click("button.main");
    expect(decodeURIComponent(page.url()).includes("/law/740.22(c)(2)"), "a citation leads to its paragraph");
    await page.goto(at("/screen/file"));
    await page.setInputFiles("[name=file]", { name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from("name,country\nNSO Group,IL\n") });
    await page.click("button.main");
    await page.locator("text=Done").waitFor();
    await page.locator("tbody a").first().click();
    expect((await page.textContent("main")).includes("To decide"), "an alert is explained");
    await page.goto(at("/classify"));
    await page.click("button.main");
    await page.locator("input[type=radio]").first().check();
    await page.click("button.main");
    expect(/q\.form=/.test(page.url()), "an answer stands in the address");
    calm(page);
    await page.end();
  });
};
