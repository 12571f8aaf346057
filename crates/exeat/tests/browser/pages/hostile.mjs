// Hostile text in every field of every form, on a phone: as a person could type it, and as a
// program could send it, in fields where nobody can type. Nothing is executed, nothing comes back
// as markup, nothing sticks out, and nothing breaks the server.

import { calm, expect, fits, invited, tab as plain, test } from "../desk.mjs";
import { HOSTILE } from "../hostile.mjs";
import { MATCH, at, chrome, example, open, tab } from "../world.mjs";

const PHONE = { viewport: { width: 390, height: 844 } };
/** Forms that end what the test stands on. */
const LEFT_OUT = /\/(signout|appearance|account\/signout|account\/password|account\/codes.*|link\/.*)$/;

/** Fills every field of a form that a person can write in. */
const fill = (form, hostile) => form.evaluate((form, hostile) => {
  form.noValidate = true;
  for (const it of form.elements) {
    it.removeAttribute("maxlength");
    if (it.tagName === "TEXTAREA") it.value = hostile.lines;
    else if (it.tagName === "SELECT") it.selectedIndex = Math.min(1, it.options.length - 1);
    else if (it.type === "checkbox" || it.type === "radio") it.checked = true;
    else if (/^(text|search|password)$/.test(it.type)) it.value = hostile.text;
  }
}, hostile);

/** Nothing of what was sent became more than text. */
const harmless = async (page, where) => {
  const found = await page.evaluate(() => ({
    hit: window.hit,
    markup: document.querySelectorAll("script:not([src]), img[onerror], img[src=x], svg[onload], [onmouseover]").length,
  }));
  expect(found.hit === undefined && found.markup === 0, `${where}: ${JSON.stringify(found)}`);
  await fits(page).catch((it) => { throw new Error(`${where}: ${it.message}`); });
  try { calm(page); } catch (it) { throw new Error(`${where}: ${it.message}`); }
};

/** Sends every form of a page with hostile text: as a person does, and as a program would. */
const attack = async (page, path, wrong) => {
  await page.goto(at(path));
  const count = await page.locator("form").count();
  let sent = 0;
  for (let place = 0; place < count; place += 1) {
    if (new URL(page.url()).pathname !== path.split("?")[0]) await page.goto(at(path));
    // What was sent may have taken a form away.
    if (await page.locator("form").count() <= place) break;
    const form = page.locator("form").nth(place);
    const action = await form.evaluate((it) => new URL(it.action).pathname);
    if (LEFT_OUT.test(action)) continue;
    await program(page, form, `${path} → ${action}, sent by a program`, wrong);
    await fill(form, HOSTILE);
    for (const chooser of await form.locator("input[type=file]").all()) {
      await chooser.setInputFiles({ name: HOSTILE.file, mimeType: "text/csv", buffer: Buffer.from(`name\n${JSON.stringify(HOSTILE.text)}\n`) });
    }
    const [answered] = await Promise.all([
      page.waitForNavigation({ waitUntil: "load", timeout: 60_000 }),
      form.evaluate((it) => { setTimeout(() => it.requestSubmit(it.querySelector("button:not([type=button])") ?? undefined)); }),
    ]);
    const where = `${path} → ${action} (${answered?.status()})`;
    if (answered?.status() >= 500) wrong.push(where);
    await harmless(page, where).catch((it) => wrong.push(it.message));
    sent += 1;
    await page.goto(at(path));
  }
  return sent;
};

/** Sends hostile values in every field, also where nobody can type; what comes back is read. */
const program = async (page, form, where, wrong) => {
  const { action, method, multipart, names } = await form.evaluate((it) => ({
    action: it.action, method: it.method, multipart: it.enctype === "multipart/form-data",
    names: [...it.elements].filter((it) => it.name).map((it) => [it.name, it.type === "file" ? "file" : it.name === "csrf" ? it.value : ""]),
  }));
  const fields = new FormData();
  for (const [name, value] of names) {
    if (value === "file") fields.append(name, new Blob([HOSTILE.lines]), HOSTILE.file);
    else fields.append(name, value || HOSTILE.lines);
  }
  const cookie = (await page.context().cookies()).map((it) => `${it.name}=${it.value}`).join("; ");
  const headers = { cookie, accept: "text/html" };
  const plain = new URLSearchParams([...fields].filter((it) => typeof it[1] === "string"));
  const answered = method === "get"
    ? await fetch(`${action.split("?")[0]}?${plain}`, { headers })
    : await fetch(action, { method: "POST", headers, body: multipart ? fields : plain, redirect: "manual" });
  const text = await answered.text();
  if (answered.status >= 500) wrong.push(`${where}: ${answered.status}`);
  if (answered.status >= 400 && !text.includes("<h1")) wrong.push(`${where}: ${answered.status} without a page: ${text.slice(0, 80)}`);
  if (/<script>|<svg onload|<img src=x/.test(text)) wrong.push(`${where}: markup comes back`);
};

export const pages = [];

export const tests = async () => {
  let stored;
  let paths = [];
  await test("hostile text in every form of every page", async () => {
    const ana = await tab(chrome);
    const case_ = await open(ana, MATCH);
    const draft = await example(ana, "vietnam-bank");
    await ana.goto(at("/screen/file"));
    await ana.fill("textarea", "name,country\nNSO Grup Technologies,IL\n");
    await ana.click("button.main");
    await ana.locator("text=Done").waitFor();
    const job = new URL(ana.url()).pathname;
    await ana.goto(at("/classify/release/example"));
    const release = new URL(ana.url()).pathname;
    const component = await ana.locator(`main a[href^='${release}/']:not([href$='.toml'])`).first().getAttribute("href");
    await ana.goto(at("/record"));
    const one = await ana.locator("tbody a").first().getAttribute("href");
    const everything = await invited(chrome, ana, at(""), "every", "Every Thing", ["analyst", "approver", "counsel", "auditor", "admin"]);
    await ana.end();
    stored = everything;
    paths = ["/", "/check", "/check/paste", `/check/${draft}`, `/check/${draft}?fact=end_use.purposes`, `/check/${draft}/answer`, "/queue",
      case_, "/record", one, "/record/kept", "/screen", "/screen?name=NSO+Grup+Technologies", "/screen/file", job, `${job}/1`, "/screen/lists", "/screen/changes",
      "/classify", "/classify?began=1", "/classify/release", release, component, "/atlas", "/atlas/table", "/law", "/law/740.22", "/law/compare",
      "/settings", "/settings/keys", "/settings/hooks", "/settings/lists", "/settings/thresholds", "/account", "/nowhere"];
    let sent = 0;
    const wrong = [];
    // A few at a time: there are many.
    const left = [...paths];
    await Promise.all(Array.from({ length: 4 }, async () => {
      const page = await plain(chrome, { storageState: stored, ...PHONE });
      for (let path = left.shift(); path; path = left.shift()) {
        const forms = await attack(page, path, wrong).catch((it) => { wrong.push(`${path}: ${it.message.split("\n")[0]}`); return 0; });
        sent += forms;
      }
      await page.end();
    }));
    console.log(`      ${sent} forms were sent`);
    expect(!wrong.length, wrong.join("\n      "));
    expect(sent > 50, "most forms of most pages were sent");
  });

  await test("what was sent then stands on every page, and is text there too", async () => {
    const wrong = [];
    const page = await plain(chrome, { storageState: stored, ...PHONE });
    for (const path of [...paths, "/queue?stage=all", "/record?q=script"]) {
      await page.goto(at(path));
      await page.waitForLoadState("networkidle");
      await harmless(page, path).catch((it) => wrong.push(it.message));
    }
    await page.end();
    expect(!wrong.length, wrong.join("\n      "));
  });

  await test("hostile text in every address", async () => {
    const page = await tab(chrome, PHONE);
    const hostile = encodeURIComponent(HOSTILE.text);
    const wrong = [];
    for (const path of ["/check/X", "/check/X/answer", "/check/example/X", "/check/like/case/X", "/check/like/record/X", "/cases/X", "/queue?q=X&stage=X&turn=X&with=X&order=X",
      "/queue?after=X", "/record/X", "/record?q=X", "/record?after=X", "/record/export/X", "/screen?name=X&country=X&address=X&born=X&id=X&type=X", "/screen/file/X",
      "/screen/file/X/1", "/screen/changes?from=X&to=X", "/screen/entry/X/X", "/classify?began=1&name=X&can=X&q.form=X&q.X=X", "/classify/release/X", "/classify/release/X/X",
      "/atlas?eccn=X&on=X&example=X", "/atlas/table?example=X&on=X", "/law?q=X", "/law/X", "/law/X?on=X", "/law/compare?from=X&to=X", "/law/cases/X", "/law/case/X",
      "/settings/lists/arrival/X", "/signin?to=X", "/link/X", "/sign-in/openid?bind=X&to=X", "/sign-in/openid/back?code=X&state=X&error=X"]) {
      const answered = await page.goto(at(path.replaceAll("X", hostile)));
      if (answered.status() >= 500 && !path.startsWith("/sign-in/openid")) wrong.push(`${path}: ${answered.status()}`);
      await harmless(page, path).catch((it) => wrong.push(it.message));
    }
    await page.end();
    expect(!wrong.length, wrong.join("\n      "));
  });
};
