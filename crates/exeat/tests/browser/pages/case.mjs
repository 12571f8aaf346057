// The queue and a case.

import { accessible, calm, expect, join_, test, tab as plain } from "../desk.mjs";
import { HOSTILE, MATCH, at, chrome, open, tab } from "../world.mjs";

/** What needs a license, with everybody's listings stated. */
const LICENSED = "date: 2026-09-24\nactivity: export\nfrom: US\ndestination: VN\nitems: [{name: red-team platform, eccn: 4D004, form: object-code}]\nparties: [{role: end-user, name: Ngan Hang, country: VN, sector: private-other, state_owned_percent: 0, us_subsidiary: false, lists: []}]\nend_use: {purposes: [defensive-testing], knows: []}\nnotices: []\nred_flags: []\ndocuments_held: []\n";

/** The case of it with the form to record a license open. */
const licenseForm = async (page, more = "") => {
  const path = await open(page, LICENSED.replace("red-team platform", `red-team platform${more}`));
  await page.locator("summary", { hasText: "Record a license" }).click();
  return path;
};

export const pages = [
  ["queue-empty", (page) => page.goto(at("/queue?q=nobodyofthatname"))],
  ["case-match", (page) => open(page, MATCH)],
  ["case-license", (page) => licenseForm(page)],
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

  await test("a license is recorded by keyboard, without JavaScript, and what cannot be read is asked again", async () => {
    const page = await tab(chrome);
    const path = await licenseForm(page, " by keyboard");
    expect(/This case needs BIS/.test(await page.textContent("#licenses ~ details")), "what it must cover is said");
    expect((await page.inputValue("[name=destinations]")) === "", "nothing is filled in");
    calm(page);
    const bare = await tab(chrome, { javaScriptEnabled: false });
    await bare.goto(at(path));
    const summary = bare.locator("summary", { hasText: "Record a license" });
    await summary.focus();
    await bare.keyboard.press("Enter");
    const type = async (name, text) => {
      await bare.focus(`[name=${name}]`);
      await bare.keyboard.type(text);
    };
    await type("number", "D1234567");
    await bare.fill("#license-until", "2030-09-24");
    await type("destinations", "Narnia");
    await type("items", "4d004");
    await type("parties", "Ngan Hang");
    await type("quantity", "10");
    await bare.focus("#license-scope");
    await bare.keyboard.type("testing of its own systems");
    await bare.keyboard.press("Tab");
    await bare.keyboard.press("Enter");
    await bare.locator("main .alert").waitFor();
    expect(/Narnia/.test(await bare.textContent("main .alert")), "what cannot be read is named");
    expect((await bare.inputValue("[name=number]")) === "D1234567", "what was typed is not lost");
    await bare.fill("[name=destinations]", "Vietnam");
    await bare.locator("form:has([value=authorize]) button").click();
    await bare.waitForURL(`**${path}`);
    const held = await bare.textContent("section:has(#licenses)");
    for (const said of ["BIS D1234567", "VN", "4D004", "Ngan Hang", "10 in all"]) expect(held.includes(said), `${said} is shown: ${held}`);
    await bare.end();
    await page.goto(at(path));
    await page.locator("summary", { hasText: "Record a license" }).click();
    await accessible(page);
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
