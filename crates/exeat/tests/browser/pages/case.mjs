// The queue and a case.

import { accessible, calm, expect, join_, test, tab as plain } from "../desk.mjs";
import { HOSTILE, MATCH, at, chrome, open, tab } from "../world.mjs";

export const pages = [
  ["queue-empty", (page) => page.goto(at("/queue?q=nobodyofthatname"))],
  ["case-match", (page) => open(page, MATCH)],
  ["queue", (page) => page.goto(at("/queue"))],
];

export const tests = async () => {
  await test("a match is decided, and a second person approves what the first prepared", async () => {
    const page = await tab(chrome);
    const path = await open(page, MATCH);
    // The first account invites a second.
    await page.goto(at("/settings"));
    await page.locator("summary", { hasText: "Invite" }).click();
    await page.fill("[name=name]", "Apro Ver");
    await page.locator("form[action$='/invite'] [value=approver]").check();
    await page.locator("form[action$='/invite'] [value=auditor]").check();
    await page.click("form[action$='/invite'] button.main");
    const link = (await page.textContent(".alert pre")).trim();
    const second = await join_(chrome, link, "apro", "Apro Ver", "seven loud herons inland");
    await page.goto(at(path));
    const forms = page.locator("form:has([value=decide-match])");
    for (let left = await forms.count(); left > 0; left -= 1) {
      const form = forms.first();
      if (!(await form.isVisible())) break;
      await form.locator("[value=other]").check();
      await form.locator("[name=text]").fill("another company, another country, checked its registration");
      await form.locator("button").click();
      await page.waitForLoadState();
    }
    await page.locator("form:has([value=request-review]) button").click();
    await page.waitForLoadState();
    expect(/asks for a review/.test(await page.textContent("aside")), `a review is asked for: ${await page.textContent("main .alert").catch(() => "")}`);
    expect((await page.locator("form:has([value=approve])").count()) === 0, "who prepared cannot approve");
    calm(page);
    const other = await plain(chrome, { storageState: second });
    await other.goto(at(path));
    expect((await other.locator("form:has([value=approve]) button").count()) === 1, "the second person may approve");
    await other.locator("form:has([value=return]) textarea").fill("the lists are only the short one in the program");
    await other.locator("form:has([value=return]) button").click();
    await other.waitForLoadState();
    expect(/Sent back by Apro Ver/.test(await other.textContent("aside")), "it is sent back with the reason");
    await accessible(other);
    await other.goto(at("/record"));
    await other.keyboard.press("v");
    await other.waitForURL("**/record/verify");
    expect(/Everything is what was written/.test(await other.textContent("h1")), "the chain is verified");
    await accessible(other);
    calm(other);
    await other.end();
    await page.goto(at("/record"));
    await page.locator("tbody a").first().click();
    await page.locator("form[action$='/replay'] button").click();
    expect(/The same answer again/.test(await page.textContent("main")), "the same answer comes out again");
    calm(page);
    await page.end();
  });

  await test("hostile text in a note is text", async () => {
    const page = await tab(chrome);
    await open(page, MATCH);
    await page.locator("form:has([value=note]) textarea").fill(HOSTILE);
    await page.locator("form:has([value=note]) button").click();
    await page.waitForLoadState();
    expect((await page.textContent(".history")).includes("<script>"), "the note is shown as it is");
    expect(await page.evaluate(() => window.hit) === undefined, "nothing was executed");
    calm(page);
    await page.end();
  });

  await test("a file that is too large is refused with a page that says so", async () => {
    const page = await tab(chrome, { javaScriptEnabled: false });
    const path = await open(await tab(chrome), MATCH);
    await page.goto(at(path));
    await page.setInputFiles("#attach", { name: "large.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc((20 << 20) + (1 << 17)) });
    await page.click("form[action$='/files'] button");
    await page.locator("h1", { hasText: "Too large" }).waitFor();
    expect(/more than 20 MB/.test(await page.textContent("main")), "how much it may be is said");
    calm(page);
    await page.end();
  });
};
