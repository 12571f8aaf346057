// Check: the interview, a file instead, the answer.

import { join } from "node:path";
import { calm, expect, test } from "../desk.mjs";
import { HOSTILE, at, chrome, example, tab } from "../world.mjs";

export const pages = [
  ["check", (page) => page.goto(at("/check"))],
  ["check-wrong", async (page) => {
    await page.goto(at("/check"));
    await page.fill("[name='items[0].eccn']", "nonsense");
    await page.click("button.main");
  }],
  ["questions", async (page) => {
    await page.goto(at("/check"));
    await page.fill("[name='items[0].name']", "intrusion framework");
    await page.fill("[name='items[0].eccn']", "4D004");
    await page.selectOption("[name='destination']", "VN");
    await page.click("button.main");
  }],
  ["questions-change", async (page) => {
    const draft = await example(page, "vietnam-bank");
    await page.goto(at(`/check/${draft}?fact=end_use.purposes`));
  }],
  ["paste", (page) => page.goto(at("/check/paste"))],
  ["paste-wrong", async (page) => {
    await page.goto(at("/check/paste"));
    await page.fill("textarea", "date: 2026-09-24\nactivity: export\ndestination: Vietnam\ncolour: red\n");
    await page.click("button.main");
  }],
  ["many", async (page) => {
    await page.goto(at("/check/paste"));
    await page.fill("textarea", "id,date,activity,destination,items[0].eccn,parties[0].name\na,2026-09-24,export,DE,4D004,Example GmbH\nb,2026-09-24,export,VN,4D004,Example Bank\nc,2026-09-24,export,nowhere,4D004,X\n");
    await page.click("button.main");
  }],
];

export const tests = async () => {
  await test("a check from the keyboard alone", async () => {
    const page = await tab(chrome);
    await page.goto(at("/"));
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement.className) === "skip", "the first stop is the skip link");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement.id) === "content", "the skip link leads to the content");
    await page.keyboard.press("n");
    await page.waitForURL("**/check");
    await page.locator("[name='items[0].name']").focus();
    await page.keyboard.type("intrusion framework");
    await page.keyboard.press("Tab");
    await page.keyboard.type("4D004");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/check\/[0-9a-f]{32}$/);
    expect((await page.textContent("#forming")).includes("Needs review"), "the answer forms beside the questions");
    calm(page);
    await page.end();
  });

  await test("the answer forms while the form is filled in, and nothing moves", async () => {
    const page = await tab(chrome);
    await page.goto(at("/check"));
    const before = await page.locator("button.main").boundingBox();
    await page.fill("[name='items[0].eccn']", "EAR99");
    await page.selectOption("[name='destination']", "DE");
    await page.locator("#forming .badge").waitFor();
    const after = await page.locator("button.main").boundingBox();
    expect(before.y === after.y && before.x === after.x, "the button stays where it was");
    calm(page);
    await page.end();
  });

  await test("without JavaScript a check goes from the form to the answer, and back", async () => {
    const page = await tab(chrome, { javaScriptEnabled: false });
    await page.goto(at("/check"));
    await page.fill("[name='items[0].name']", "intrusion framework");
    await page.fill("[name='items[0].eccn']", "4D004");
    await page.check("[name='items[0].form'][value='object-code']");
    await page.selectOption("[name='destination']", "VN");
    await page.fill("[name='parties[0].name']", "Example Commercial Bank");
    await page.click("button.main");
    let steps = 0;
    while (!page.url().endsWith("/answer") && steps < 12) {
      const sector = page.locator("[name='parties[0].sector']");
      if (await sector.count()) await sector.selectOption("bank");
      for (const none of await page.locator("[value='(none)']").all()) await none.check();
      const purpose = page.locator("[name='end_use.purposes'][value='defensive-testing']");
      if (await purpose.count()) { await page.locator("[name='end_use.purposes'][value='(none)']").uncheck(); await purpose.check(); }
      await page.click("button.main");
      steps += 1;
    }
    expect(page.url().endsWith("/answer"), `the interview ends in an answer, not at ${page.url()}`);
    const verdict = await page.textContent("h1");
    expect(/License Exception ACE/.test(verdict), `the answer is “${verdict}”`);
    await page.locator("form[action$='/confirm'] button").first().click();
    expect(page.url().endsWith("/answer"), "a presumption is confirmed");
    await page.goBack();
    await page.reload();
    expect(/License Exception ACE/.test(await page.textContent("h1")), "back and reload show the same");
    await page.locator("footer button[value=dark]").click();
    expect(await page.getAttribute("html", "data-theme") === "dark", "the appearance is kept");
    await page.end();
  });

  await test("hostile text is text, in every field", async () => {
    const page = await tab(chrome);
    await page.goto(at("/check"));
    for (const field of await page.locator("main input[type=text]").all()) await field.fill(HOSTILE);
    await page.click("button.main");
    expect((await page.locator("[name='items[0].name']").inputValue()).includes("<script>"), "the text is given back as it was");
    await page.fill("[name='items[0].eccn']", "4D004");
    await page.click("button.main");
    await page.waitForURL(/\/check\/[0-9a-f]{32}$/);
    for (const field of await page.locator("main input[type=text]").all()) await field.fill(HOSTILE);
    await page.click("button.main");
    await page.waitForLoadState("networkidle");
    await page.goto(`${page.url().split("?")[0].replace(/\/answer$/, "")}/answer`);
    await page.waitForLoadState("networkidle");
    await page.goto(at(`/check/${encodeURIComponent(HOSTILE)}`));
    await page.goto(at("/check/paste"));
    const yaml = JSON.stringify({ date: "2026-09-24", activity: "export", destination: HOSTILE, [HOSTILE]: HOSTILE, items: [{ name: HOSTILE, eccn: HOSTILE }] });
    await page.fill("textarea", yaml);
    await page.click("button.main");
    expect(await page.evaluate(() => window.hit) === undefined, "nothing was executed");
    await page.goto(at("/check/paste"));
    await page.fill("textarea", JSON.stringify({ id: HOSTILE, date: "2026-09-24", activity: "export", destination: "VN", items: [{ name: HOSTILE, description: HOSTILE, eccn: "4D004" }], parties: [{ role: "end-user", name: HOSTILE, address: HOSTILE, aliases: [HOSTILE] }] }));
    await page.click("button.main");
    await page.goto(`${page.url().split("?")[0].replace(/\/answer$/, "")}/answer`);
    await page.waitForLoadState("networkidle");
    expect((await page.textContent("main")).includes("<script>"), "the name is shown as it is");
    expect(await page.evaluate(() => window.hit) === undefined, "nothing was executed");
    const answered = page.wrong.filter((it) => !/status of 4/.test(it));
    expect(answered.length === 0, answered.join("; "));
    await page.end();
  });
};
