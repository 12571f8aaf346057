// The main paths once more, in a browser that runs no script.

import { calm, expect, invited, tab as anybody, test } from "../desk.mjs";
import { MATCH, at, chrome, example, tab } from "../world.mjs";

const PLAIN = { javaScriptEnabled: false };

/** Opens a case of a transaction that is pasted; its address. */
const opened = async (page) => {
  await page.goto(at("/check/paste"));
  await page.fill("textarea", MATCH);
  await page.click("button.main");
  if (!page.url().endsWith("/answer")) await page.goto(`${page.url().split("?")[0]}/answer`);
  await page.click("form[action$='/case'] button");
  await page.waitForURL(/\/cases\//);
  return new URL(page.url()).pathname;
};

/** The form, with whatever it is folded into open. */
const unfolded = async (page, form) => {
  const fold = page.locator(`details:not([open]):has(${form}) > summary`);
  if (await fold.count()) await fold.click();
  return page.locator(form);
};

export const pages = [];

export const tests = async () => {
  await test("without JavaScript a case is opened, worked, attached to, reviewed, approved and verified", async () => {
    const page = await tab(chrome, PLAIN);
    const path = await opened(page);
    await page.fill("#text-note", "asked their counsel");
    await page.click("form:has([value=note]) button");
    expect(/asked their counsel/.test(await page.textContent(".history")), "a note is written");
    await page.setInputFiles("#attach", { name: "statement.txt", mimeType: "text/plain", buffer: Buffer.from("we test our own network") });
    await page.click("form[action$='/files'] button");
    expect(/statement\.txt/.test(await page.textContent("main")), "a file is attached");
    await page.selectOption("#to-priority", { index: 2 });
    await page.click("form:has([value=priority]) button");
    await page.click("form:has([value=assign]) button");
    for (let left = await page.locator("form:has([value=decide-match])").count(); left > 0; left -= 1) {
      const form = page.locator("form:has([value=decide-match])").first();
      if (!(await form.isVisible())) break;
      await form.locator("[value=other]").check();
      await form.locator("[name=text]").fill("another company, another country");
      await form.locator("button").click();
    }
    await page.fill("#text-request-review", "decided");
    await page.click("form:has([value=request-review]) button");
    expect(/asks for a review/.test(await page.textContent("aside")), "a review is asked for");
    // The facts are changed where they are asked.
    await page.click("form[action$='/edit'] button");
    await page.waitForURL(/\/answer$/);
    const second = await invited(chrome, page, at(""), "plain", "Pla In", ["approver", "auditor"]);
    const other = await anybody(chrome, { storageState: second, ...PLAIN });
    await other.goto(at("/queue?with=in-review"));
    await other.fill("#filter-q", "NSO");
    await other.locator("form.filter button").click();
    expect(await other.locator("tbody a").count() > 0, "the queue is filtered");
    await other.goto(at(path));
    await other.click("form:has([value=return]) button");
    await other.goto(at("/record"));
    await other.click("form[action='/record/verify'] button");
    expect(/Everything is what was written/.test(await other.textContent("h1")), "the chain is verified");
    await other.goto(at("/record"));
    await other.click("form[action='/record/export'] button");
    await other.locator("text=Take it").waitFor({ timeout: 60_000 });
    await other.goto(at("/record?q=NSO"));
    await other.locator("tbody a").first().click();
    await other.click("form[action$='/replay'] button");
    expect(/The same answer again/.test(await other.textContent("main")), "the same answer comes out again");
    calm(other);
    calm(page);
    await other.end();
    await page.end();
  });

  await test("without JavaScript a filter is kept and dropped", async () => {
    const page = await tab(chrome, PLAIN);
    await page.goto(at("/queue?with=open-matches"));
    const keep = page.locator("form[action='/queue/filters']");
    await keep.locator("[name=name]").fill("to decide");
    await keep.locator("button").click();
    // It stands there once it is kept; others may have theirs.
    const drop = page.locator("button[aria-label='Drop the filter to decide']");
    await drop.click();
    await drop.waitFor({ state: "detached" });
    calm(page);
    await page.end();
  });

  await test("without JavaScript an answer is decided, asked what would change it, and taken along", async () => {
    const page = await tab(chrome, PLAIN);
    const draft = await example(page, "vietnam-bank");
    await page.goto(at(`/check/${draft}/answer`));
    await page.locator("#reasons summary").first().click();
    await page.goto(at(`/check/${draft}/what-if`));
    expect(await page.locator("main li, main tbody tr").count() > 0, "what would change it is found");
    for (const name of ["answer.json", "answer.md"]) {
      await page.goto(at(`/check/${draft}/answer`));
      const link = page.locator(`a[href$='${name}']`);
      const [saved] = await Promise.all([page.waitForEvent("download"), link.first().click()]);
      expect(saved.suggestedFilename() === name, `${name} is saved`);
    }
    calm(page);
    await page.end();
  });

  await test("without JavaScript a name is searched and decided, and a file's alerts are worked", async () => {
    const page = await tab(chrome, PLAIN);
    await page.goto(at("/screen"));
    await page.fill("[name=name]", "NSO Grup Tecnologies");
    await page.click("form[action='/screen'] button");
    const match = page.locator("form[action='/screen/decide']").first();
    await match.locator("[value=other]").check();
    await match.locator("[name=text]").fill("another company");
    await match.locator("button").click();
    expect(/Somebody else, says Ana Lyst/.test(await page.textContent("main")), "a match is decided");
    await page.goto(at("/screen/file"));
    await page.setInputFiles("[name=file]", { name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from("name,country\nNSO Group Technologes,SE\nNSO Grp Technologies,NO\n") });
    await page.click("button.main");
    await page.locator("text=Done").waitFor({ timeout: 60_000 });
    await page.locator("tbody a").first().click();
    const form = page.locator("main form[method=post]").first();
    await form.locator("[value=other]").check();
    await form.locator("[name=text]").fill("another company");
    await form.locator("button").click();
    await page.waitForURL((it) => !it.pathname.endsWith("/1"));
    calm(page);
    await page.end();
  });

  await test("without JavaScript a component of a release is answered, and the release taken along", async () => {
    const page = await tab(chrome, PLAIN);
    await page.goto(at("/classify/release/example"));
    const release = new URL(page.url()).pathname;
    const [saved] = await Promise.all([page.waitForEvent("download"), page.click("a[href$='export.toml']")]);
    expect(saved.suggestedFilename() === "export.toml", "it is taken along");
    await page.locator(`main a[href^='${release}/']:not([href$='.toml'])`).first().click();
    expect(await page.locator("h1").count() === 1, "a component has a page");
    await page.goto(at("/classify/release"));
    await page.setInputFiles("[name=file]", await saved.path());
    await page.click("button.main");
    expect(/\/classify\/release\/[0-9a-f]+$/.test(page.url()), "and the file is taken in again");
    calm(page);
    await page.end();
  });

  await test("without JavaScript the law is searched, read and compared, and the atlas is a table", async () => {
    const page = await tab(chrome, PLAIN);
    await page.goto(at("/law?q=government"));
    await page.locator("main a[href^='/law/']").first().click();
    await page.goto(at("/law/cases/740.22(c)(2)?on=2026-09-24"));
    await page.locator("ul.hits a[href^='/law/case/']").first().waitFor({ timeout: 120_000 });
    await page.goto(at("/law/compare"));
    await page.fill("[name=from]", "2022-05-25");
    await page.fill("[name=to]", "2022-05-26");
    await page.locator("main form button").first().click();
    expect(/740\.22/.test(await page.textContent("main")), "two days are compared");
    await page.goto(at("/atlas/table?example=vietnam-bank&on=2026-09-24"));
    expect(await page.locator("tbody tr").count() > 150, "every place is a row");
    calm(page);
    await page.end();
  });

  await test("without JavaScript settings are made and ended", async () => {
    const page = await tab(chrome, PLAIN);
    await invited(chrome, page, at(""), "plain2", "Pla Inn", ["requester"]);
    await page.goto(at("/settings/keys"));
    await unfolded(page, "form[action='/settings/keys']");
    await page.fill("[name=name]", "a shop");
    await page.check("[name=scope][value=check]");
    await page.click("form[action='/settings/keys'] button.main");
    expect((await page.textContent(".alert pre")).trim().length > 20, "a key is made");
    const ending = page.locator("form[action$='/end']", { hasText: "a shop" });
    await ending.locator("button").click();
    await ending.waitFor({ state: "detached" });
    await page.goto(at("/settings/hooks"));
    // Others may lead somewhere already: then the form is folded, and not the only one.
    const leads = await unfolded(page, "form[action='/settings/hooks']");
    await leads.locator("[name=name]").fill("plain desk");
    await leads.locator("[name=to]").fill("mailto:desk@example.com");
    await leads.locator("[name=kind][value=approved]").check();
    await leads.locator("button.main").click();
    const made = page.locator("tr", { hasText: "plain desk" });
    await made.locator("form[action$='/set'] button").click();
    await made.getByText("Ana Lyst stopped it").waitFor();
    await page.goto(at("/settings/thresholds"));
    await page.setInputFiles("[name=file]", { name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from("name\nNSO Group\n") });
    await page.click("form[action='/settings/thresholds'] button");
    expect(/1 name/.test(await page.textContent("main")), "a file of customers is reckoned with");
    calm(page);
    await page.end();
  });
};
