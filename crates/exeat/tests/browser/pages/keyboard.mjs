// The main path of each page with nothing but a keyboard: whatever is used is reached by Tab or by
// a key that the page names, and one sees where one is.

import { calm, expect, tab as anybody, test } from "../desk.mjs";
import { MATCH, at, chrome, tab } from "../world.mjs";

export const pages = [];

/** Nobody wants to press Tab more often. */
const MOST = 250;

/** What somebody does who has no mouse. */
const hands = (page) => {
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const to = async (selector) => {
    // A page that was just asked for has everything first.
    await page.locator(selector).first().waitFor({ state: "attached" });
    for (let pressed = 0; pressed < MOST; pressed += 1) {
      const is = await page.evaluate((it) => {
        const here = document.activeElement;
        if (!here?.matches(it)) return null;
        const style = getComputedStyle(here);
        return { seen: (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none" };
      }, selector);
      if (is) {
        expect(is.seen, `one sees that ${selector} has the focus`);
        return;
      }
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab does not reach ${selector} on ${page.url()}`);
  };
  const type = async (selector, text) => {
    await to(selector);
    await page.keyboard.insertText(text);
  };
  /** Reaches it, presses a key on it, and waits for the page that answers. */
  const go = async (selector, key = "Enter") => {
    await to(selector);
    const answered = page.waitForEvent("framenavigated");
    await page.keyboard.press(key);
    await answered;
    await page.waitForLoadState();
  };
  /** Goes to a place by its keys. */
  const place = async (letter, path) => {
    await press("g", letter);
    await page.waitForURL((it) => it.pathname === path);
    await page.waitForLoadState();
  };
  return { press, to, type, go, place };
};

export const tests = async () => {
  await test("by keyboard alone people are invited, sign in, decide a match, ask for a review and send it back", async () => {
    const page = await tab(chrome);
    const ana = hands(page);
    await page.goto(at("/"));
    const people = [];
    for (const [login, roles] of [["kim", ["analyst"]], ["kit", ["approver", "auditor"]]]) {
      await ana.place("t", "/settings");
      await ana.to("details:has(form[action$='/invite']) > summary");
      await ana.press("Enter");
      await ana.type("form[action$='/invite'] [name=name]", `${login} by keys`);
      for (const role of roles) {
        await ana.to(`form[action$='/invite'] [value=${role}]`);
        await ana.press("Space");
      }
      await ana.go("form[action$='/invite'] button.main");
      const link = (await page.textContent(".alert pre")).trim();
      const theirs = await anybody(chrome);
      const hand = hands(theirs);
      await theirs.goto(link);
      await hand.type("[name=login]", login);
      await hand.type("[name=name]", login);
      await hand.type("[name=password]", "seven loud herons inland");
      await hand.go("button.main");
      people.push([theirs, hand]);
    }
    const [[kims, kim], [kits, kit]] = people;
    // She signs out, and in again.
    await kim.go("form[action='/signout'] button");
    await kims.goto(at("/signin"));
    await kim.type("[name=login]", "kim");
    await kim.type("[name=password]", "seven loud herons inland");
    await kim.go("button.main");
    await kim.place("c", "/check");
    await kim.go("a[href='/check/paste']");
    // A name of their own: what was decided of another holds here too.
    await kim.type("textarea", MATCH.replace("NSO Grup Technologies", "NSO Groop Technology"));
    await kim.go("button.main");
    if (!kims.url().endsWith("/answer")) await kim.go("a[href$='/answer']");
    await kim.go("form[action$='/case'] button");
    const path = new URL(kims.url()).pathname;
    const form = "form:has([value=decide-match])";
    await kim.to(`${form} [value=other]`);
    await kim.press("Space");
    await kim.type(`${form} [name=text]`, "another company, another country");
    await kim.go(`${form} button`);
    expect(await kims.locator(form).first().isHidden(), "the match is decided, and can be decided anew");
    await kim.type("#text-request-review", "decided");
    await kim.go("form:has([value=request-review]) button");
    expect(/asks for a review/.test(await kims.textContent("aside")), "a review is asked for");
    await kit.place("q", "/queue");
    // Others have many cases as well.
    await kits.goto(at("/queue?order=newest"));
    await kit.go(`tbody a[href='${path}']`);
    await kit.type("form:has([value=return]) textarea", "say which register says so");
    await kit.go("form:has([value=return]) button");
    expect(/Sent back by kit/.test(await kits.textContent("aside")), "the second person sends it back");
    for (const it of [page, kims, kits]) {
      calm(it);
      await it.end();
    }
  });

  await test("by keyboard alone a record is found, answered again and verified, and the law is read and compared", async () => {
    const page = await tab(chrome);
    const hand = hands(page);
    await page.goto(at("/"));
    await hand.place("r", "/record");
    await hand.press("s");
    await hand.type("[name=q]", "NSO");
    await hand.go("[name=q]");
    await hand.go("tbody a");
    await hand.go("form[action$='/replay'] button");
    expect(/The same answer again/.test(await page.textContent("main")), "the same answer comes out again");
    await hand.place("l", "/law");
    await hand.type("main [name=q]", "government");
    await hand.go("main [name=q]");
    await hand.go("main a[href^='/law/7']");
    expect(await page.locator("h1").count() === 1, "a paragraph is read");
    await hand.place("l", "/law");
    await hand.go("main a[href^='/law/compare']");
    for (const [field, day] of [["from", "05252022"], ["to", "05262022"]]) {
      await hand.to(`main [name=${field}]`);
      await page.keyboard.type(day);
    }
    await hand.go("form[action='/law/compare'] button");
    expect(/740\.22/.test(await page.textContent("main")), "two days are compared");
    calm(page);
    await page.end();
  });

  await test("by keyboard alone a name is decided, a product is asked about, a key is made and the atlas turns to another day", async () => {
    const page = await tab(chrome);
    const hand = hands(page);
    await page.goto(at("/"));
    await hand.place("s", "/screen");
    await hand.type("form[action='/screen'] [name=name]", "NSO Grup Techologies");
    await hand.go("form[action='/screen'] [name=name]");
    const match = "form[action='/screen/decide']";
    await hand.to(`${match} [value=other]`);
    await hand.press("Space");
    await hand.type(`${match} [name=text]`, "another company");
    await hand.go(`${match} button`);
    expect(/Somebody else, says Ana Lyst/.test(await page.textContent("main")), "the match is decided");
    await hand.place("y", "/classify");
    await hand.to("[name=can]");
    await hand.press("Space");
    await hand.go("button.main");
    await hand.to("form.asked [type=radio]");
    await hand.press("Space");
    await hand.go("form.asked button.main");
    expect(await page.locator("#forming").count() === 1, "the answer forms");
    await hand.place("t", "/settings");
    await hand.go("a[href='/settings/keys']");
    if (await page.locator("details:not([open]):has(form[action='/settings/keys'])").count()) {
      await hand.to("details:has(form[action='/settings/keys']) > summary");
      await hand.press("Enter");
    }
    await hand.type("form[action='/settings/keys'] [name=name]", "typed");
    await hand.to("[name=scope][value=check]");
    await hand.press("Space");
    await hand.go("form[action='/settings/keys'] button.main");
    expect((await page.textContent(".alert pre")).trim().length > 20, "a key is made");
    await hand.go("form[action$='/end'] button");
    expect(await page.locator("form[action$='/end']", { hasText: "typed" }).count() === 0, "and ended");
    await page.goto(at("/atlas?example=vietnam-bank&on=2026-09-24"));
    await hand.to("input[type=range]");
    const said = page.locator(".slider output");
    const before = await said.textContent();
    await hand.press("ArrowLeft");
    expect(await said.textContent() !== before, "the slider is on another day");
    await page.waitForURL((it) => it.searchParams.get("on") !== "2026-09-24");
    calm(page);
    await page.end();
  });
};
