// Every page: how it looks, whether everybody can use it, whether the browser has to complain.
// Then the main paths: by keyboard alone, without JavaScript, with hostile text.

import { accessible, browser, calm, expect, finish, fits, join_, pictures, serve, tab as plain, test } from "./desk.mjs";
import { join } from "node:path";

const server = await serve();
const chrome = await browser();
const at = (path) => `${server.home}${path}`;
const ana = await join_(chrome, server.setup, "ana", "Ana Lyst", "nine quiet pelicans ashore");
const tab = (in_, options = {}) => plain(in_, { storageState: ana, ...options });
const HOSTILE = `"><script>window.hit=1</script><img src=x onerror="window.hit=1">'&amp;{{7*7}}\u202e`;

/** The draft that an example becomes. */
const example = async (page, name) => {
  await page.goto(at(`/check/example/${name}`));
  return new URL(page.url()).pathname.split("/")[2];
};

/** A case of the reseller whose name is like a listed one. */
const MATCH = "date: 2026-09-24\nactivity: export\ndestination: IL\nitems: [{name: exploit kit, eccn: 4D004, form: object-code}]\nparties: [{role: end-user, name: NSO Grup Technologies, country: IL, sector: private-other}]\n";
const open = async (page, text) => {
  await page.goto(at("/check/paste"));
  await page.fill("textarea", text);
  await page.click("button.main");
  await page.goto(`${page.url().split("?")[0].replace(/\/answer$/, "")}/answer`);
  await page.click("form[action$='/case'] button");
  await page.waitForURL(/\/cases\//);
  return new URL(page.url()).pathname;
};

/** The pages, and how one gets there. */
const PAGES = [
  ["queue-empty", (page) => page.goto(at("/queue?q=nobodyofthatname"))],
  ["case-match", (page) => open(page, MATCH)],
  ["queue", (page) => page.goto(at("/queue"))],
  ["record", (page) => page.goto(at("/record"))],
  ["record-one", async (page) => {
    await page.goto(at("/record"));
    await page.locator("tbody a").first().click();
  }],
  ["settings", (page) => page.goto(at("/settings"))],
  ["account", (page) => page.goto(at("/account"))],
  ["desk", (page) => page.goto(at("/"))],
  ["not-found", (page) => page.goto(at("/nowhere"))],
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
  ["answer-go", (page) => example(page, "vietnam-bank")],
  ["answer-stop", (page) => example(page, "vietnam-police")],
  ["answer-review", async (page) => {
    const draft = await example(page, "china-reseller");
    await page.goto(at(`/check/${draft}/answer`));
  }],
  ["answer-legs", async (page) => {
    const draft = await example(page, "russian-middleman");
    await page.goto(at(`/check/${draft}/answer`));
  }],
  ["answer-match", async (page) => {
    await page.goto(at("/check/paste"));
    await page.fill("textarea", "date: 2026-09-24\nactivity: export\ndestination: IL\nitems: [{name: exploit kit, eccn: 4D004, form: object-code}]\nparties: [{role: end-user, name: NSO Grup Technologies, country: IL, sector: private-other}]\n");
    await page.click("button.main");
    await page.goto(`${page.url().split("?")[0].replace(/\/answer$/, "")}/answer`);
  }],
  ["what-if", async (page) => {
    const draft = await example(page, "vietnam-bank");
    await page.goto(at(`/check/${draft}/what-if`));
  }],
  ["atlas", (page) => page.goto(at("/atlas?example=vietnam-bank&on=2026-09-24"))],
  ["atlas-table", (page) => page.goto(at("/atlas/table?example=vietnam-bank&on=2026-09-24"))],
  ["atlas-wrong", (page) => page.goto(at("/atlas?eccn=nonsense"))],
  ["law", (page) => page.goto(at("/law"))],
  ["law-section", (page) => page.goto(at("/law/740.22?on=2026-09-24"))],
  ["law-paragraph", (page) => page.goto(at("/law/740.22(c)(2)(i)?on=2026-09-24"))],
  ["law-search", (page) => page.goto(at("/law?q=government"))],
  ["law-nothing", (page) => page.goto(at("/law/999.9"))],
  ["law-limits", (page) => page.goto(at("/law/limits"))],
  ["law-compare", (page) => page.goto(at("/law/compare?from=2022-05-25&to=2022-05-26"))],
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
  ["screen-lists", (page) => page.goto(at("/screen/lists"))],
  ["classify-begin", (page) => page.goto(at("/classify"))],
  ["classify", (page) => page.goto(at("/classify?began=1&q.form=object-code"))],
  ["classify-release", (page) => page.goto(at("/classify/release"))],
  ["classify-components", (page) => page.goto(at("/classify/release/example"))],
];

/** Pages for those who did not sign in. */
const OUTSIDE = [
  ["signin", (page) => page.goto(at("/signin"))],
  ["signin-wrong", async (page) => {
    await page.goto(at("/signin"));
    await page.fill("[name=login]", HOSTILE);
    await page.fill("[name=password]", "wrong");
    await page.click("button.main");
  }],
  ["link-over", (page) => page.goto(at("/link/nonsense"))],
];

const LOOKS = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { colorScheme: "light", viewport: { width: 390, height: 844 } }],
];

for (const [name, go, inside] of [...OUTSIDE.map((it) => [...it, false]), ...PAGES.map((it) => [...it, true])]) {
  for (const [look, options] of LOOKS) {
    await test(`page ${name}, ${look}`, async () => {
      const page = await (inside ? tab : plain)(chrome, options);
      try {
        await go(page);
        await page.waitForLoadState("networkidle");
        await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: true });
        await fits(page);
        await accessible(page);
        calm(page);
      } finally { await page.end(); }
    });
  }
}

await test("the first load is under a hundred kilobytes", async () => {
  for (const path of ["/", "/check"]) {
    const page = await tab(chrome);
    let bytes = 0;
    page.on("response", async (it) => { bytes += (await it.body().catch(() => "")).length; });
    await page.goto(at(path), { waitUntil: "networkidle" });
    expect(bytes > 0 && bytes < 100_000, `${path} loads ${bytes} bytes`);
    await page.end();
  }
});

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

await test("arrow keys walk over the atlas, and Tab leaves it", async () => {
  const page = await tab(chrome);
  await page.goto(at("/atlas"));
  await page.locator(".grid a[tabindex='0']").focus();
  const before = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate(() => document.activeElement.textContent) !== before, "another tile has the focus");
  expect(await page.locator(".said p:visible").count() === 1, "one paragraph is shown");
  await page.keyboard.press("Tab");
  expect(!(await page.evaluate(() => document.activeElement.closest(".grid"))), "Tab leaves the map");
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

await test("who did not sign in sees nothing, and a form of another site is refused", async () => {
  const page = await plain(chrome);
  for (const path of ["/", "/check", "/queue", "/record", "/settings"]) {
    await page.goto(at(path));
    expect(new URL(page.url()).pathname === "/signin", `${path} asks to sign in`);
  }
  const refused = await fetch(at("/appearance"), { method: "POST", body: "theme=dark", headers: { "sec-fetch-site": "cross-site", "content-type": "application/x-www-form-urlencoded" } });
  expect(refused.status === 403, "a form of another site is refused");
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

await chrome.close();
await server.stop();
finish();
