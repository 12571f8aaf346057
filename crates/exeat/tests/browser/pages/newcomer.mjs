// The way of somebody who comes new to it, as docs/pages.md tells it: set up from the printed link,
// check the bundled sale to a bank in Vietnam, decide a match, approve as a second person, verify
// the chain, answer again, print.

import { join } from "node:path";
import { accessible, browser, calm, expect, join_, pictures, serve, tab, test } from "../desk.mjs";

export const tests = async () => {
  await test("a newcomer gets from the printed link to an approved and printed case", async () => {
    const server = await serve();
    const chrome = await browser();
    try {
      const began = Date.now();
      const at = (path) => `${server.home}${path}`;
      const ana = await join_(chrome, server.setup, "ana", "Ana Lyst", "nine quiet pelicans ashore");
      const page = await tab(chrome, { storageState: ana });
      await page.goto(at("/"));
      await page.click("a.button.main");
      await page.click("a[href='/check/example/vietnam-bank']");
      await page.waitForURL(/\/answer$/);
      expect(/May go under License Exception ACE/.test(await page.textContent("h1")), "the bank may have it");
      await page.click("form[action$='/case'] button");
      await page.waitForURL(/\/cases\//);
      const case_ = new URL(page.url()).pathname;
      // A paper that goes with it.
      await page.setInputFiles("#attach", { name: "end user statement.txt", mimeType: "text/plain", buffer: Buffer.from("we test our own network") });
      await page.click("form[action$='/files'] button");
      expect((await page.textContent("main")).includes("end user statement.txt"), "the file is attached");
      const [saved] = await Promise.all([page.waitForEvent("download"), page.click("a[href*='/files/']")]);
      expect(saved.suggestedFilename() === "end_user_statement.txt", "the file is given back");
      // A name that is like a listed one is decided beside the search.
      await page.goto(at("/screen"));
      await page.click("main a[href^='/screen?name=']");
      const match = page.locator("form[action='/screen/decide']").first();
      await match.locator("[value=other]").check();
      await match.locator("[name=text]").fill("another company, another country, checked its registration");
      await match.locator("button").click();
      await page.waitForLoadState();
      expect(/Somebody else, says Ana Lyst/.test(await page.textContent("main")), "the match is decided");
      await accessible(page);
      // The second person.
      await page.goto(at("/settings"));
      await page.locator("summary", { hasText: "Invite" }).click();
      await page.fill("[name=name]", "Apro Ver");
      await page.locator("form[action$='/invite'] [value=approver]").check();
      await page.locator("form[action$='/invite'] [value=auditor]").check();
      await page.click("form[action$='/invite'] button.main");
      const link = (await page.textContent(".alert pre")).trim();
      await page.goto(at(case_));
      await page.fill("#text-request-review", "a bank that tests its own network");
      await page.click("form:has([value=request-review]) button");
      await page.waitForLoadState();
      // A case that waits is decided under the law of today, and that may ask more than the example says.
      if (await page.locator("#needed").count()) {
        await page.click("form[action$='/edit'] button");
        await page.locator("section:has(#needed) a", { hasText: "Answer it" }).first().click();
        for (let steps = 0; !page.url().endsWith("/answer") && steps < 5; steps += 1) {
          for (const none of await page.locator("[value='(none)']").all()) await none.check();
          await page.click("main button.main");
        }
        await page.fill("#why", "asked the bank for its register of owners");
        await page.click("form[action$='/facts'] button.main");
        await page.waitForURL(/\/cases\//);
        if (await page.locator("#text-request-review").count()) {
          await page.fill("#text-request-review", "owners are known now");
          await page.click("form:has([value=request-review]) button");
          await page.waitForLoadState();
        }
        expect(!(await page.locator("#needed").count()), "nothing is asked any more");
      }
      const second = await join_(chrome, link, "apro", "Apro Ver", "seven loud herons inland");
      const other = await tab(chrome, { storageState: second });
      await other.goto(at("/queue?with=in-review"));
      await other.click("tbody a");
      // Where the server found meanwhile that the law has moved on, somebody says what follows from it.
      const change = other.locator("form:has([value=answer-change])");
      if (await change.count()) {
        await change.locator("textarea").fill("owners were asked for, and there is none who counts");
        await change.locator("button").click();
        await other.waitForLoadState();
      }
      await other.click("form:has([value=approve]) button");
      await other.waitForLoadState();
      expect(/Approved by Apro Ver/.test(await other.textContent("aside")), `it is approved: ${await other.textContent("main .alert").catch(() => "")}`);
      await other.click("form:has([value=release]) button");
      await other.waitForLoadState();
      expect(/Released/.test(await other.textContent("aside")), "it is released");
      await other.goto(at("/record"));
      await other.click("form[action='/record/verify'] button");
      expect(/Everything is what was written/.test(await other.textContent("h1")), "the chain is verified");
      await other.goto(at("/record"));
      await other.click("tbody a");
      await other.click("form[action$='/replay'] button");
      expect(/The same answer again/.test(await other.textContent("main")), "the same answer comes out again");
      // On paper: the answer and its reasons, without what one can click.
      await page.goto(at(case_));
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      expect(!(await page.locator(".masthead nav").isVisible()) && !(await page.locator("button:visible").count()), "paper has no buttons");
      expect(await page.locator("#reasons details:not([open])").count() === 0, "the reasons are open on paper");
      await page.pdf({ path: join(pictures, "newcomer.pdf"), format: "A4" });
      calm(page);
      calm(other);
      const took = (Date.now() - began) / 1000;
      expect(took < 600, `the machine needs ${took} s of the ten minutes`);
    } finally {
      await chrome.close();
      await server.stop();
    }
  });
};
