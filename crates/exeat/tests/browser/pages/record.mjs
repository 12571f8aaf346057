// The record and its chain.

import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessible, calm, expect, invited, join_, looked, tab as plain, test } from "../desk.mjs";
import { HOSTILE } from "../hostile.mjs";
import { MATCH, at, chrome, open, tab } from "../world.mjs";

export const pages = [
  ["record", (page) => page.goto(at("/record"))],
  ["record-kept", (page) => page.goto(at("/record/kept"))],
  ["record-one", async (page) => {
    await page.goto(at("/record"));
    await page.locator("tbody a").first().click();
  }],
];

export const tests = async () => {
  await test("the records are written out, and the checker in Python finds nothing wrong", async () => {
    const page = await tab(chrome);
    await open(page, MATCH);
    await page.goto(at("/settings"));
    await page.locator("summary", { hasText: "Invite" }).click();
    await page.fill("[name=name]", "Audi Tor");
    await page.locator("form[action$='/invite'] [value=auditor]").check();
    await page.click("form[action$='/invite'] button.main");
    const link = (await page.textContent(".alert pre")).trim();
    await page.end();
    const auditor = await plain(chrome, { storageState: await join_(chrome, link, "audi", "Audi Tor", "eleven grey storks at rest") });
    await auditor.goto(at("/record"));
    await auditor.locator("button", { hasText: "Write it out" }).click();
    await auditor.locator("text=Take it").waitFor();
    await accessible(auditor);
    const [saved] = await Promise.all([auditor.waitForEvent("download"), auditor.click("text=Take it")]);
    const folder = mkdtempSync(join(tmpdir(), "exeat-bundle-"));
    await saved.saveAs(join(folder, "records.tar.gz"));
    execFileSync("tar", ["-xzf", "records.tar.gz"], { cwd: folder });
    const told = execFileSync("python3", [join(folder, "exeat-records", "verify.py")], { cwd: folder }).toString();
    expect(/everything is what was written/.test(told), `the checker says: ${told}`);
    calm(auditor);
    await auditor.end();
    const refused = await tab(chrome);
    const answer = await refused.goto(at(new URL(auditor.url()).pathname));
    expect(answer.status() === 403, "who may not read the chain is given nothing");
    await refused.end();
  });

  await test("counsel holds a determination and a case, says why, and lets them go; others read it", async () => {
    const page = await tab(chrome);
    const case_ = await open(page, MATCH);
    await page.goto(at("/record"));
    const one = await page.locator("tbody a").first().getAttribute("href");
    await page.goto(at(one));
    expect(await page.locator("form[action^='/record/kept']").count() === 0, "an analyst has no form");
    expect(/counsel puts a legal hold on it/.test(await page.textContent("#kept")), "and reads who has");
    const counsel = await invited(chrome, page, at(""), "cou", "Cou Nsel", ["counsel"]);
    for (const [path, javaScriptEnabled] of [[one, true], [case_, false]]) {
      const other = await plain(chrome, { storageState: counsel, javaScriptEnabled });
      await other.goto(at(path));
      await other.fill("#kept-why", "   ");
      await other.click("#kept button");
      expect(/say why/.test(await other.textContent(".alert.stop")), "a reason is needed");
      if (javaScriptEnabled) await accessible(other);
      // From the keyboard.
      await other.focus("#kept-why");
      await other.keyboard.type("BIS letter of 2026-11-02");
      await other.keyboard.press("Tab");
      await other.keyboard.press("Enter");
      await other.waitForURL((it) => it.pathname === path);
      expect(/Legal hold by Cou Nsel/.test(await other.textContent("#kept")), "it is held");
      expect(/BIS letter of 2026-11-02/.test(await other.textContent("#kept")), "and says why");
      await looked(chrome, counsel, at(path), `held-${path === one ? "determination" : "case"}`);
      await other.goto(at("/record/kept"));
      expect(/BIS letter of 2026-11-02/.test(await other.textContent("main")), "it stands among what is held");
      if (javaScriptEnabled) await accessible(other);
      await other.click(`main a[href='${path}#kept']`);
      await other.fill("#kept-why", HOSTILE.lines);
      await other.click("#kept button");
      await other.waitForURL((it) => it.pathname === path);
      expect(/Let go/.test(await other.textContent("#kept")) && /Until/.test(await other.textContent("#kept")), "it is let go");
      calm(other);
      await other.end();
      await looked(chrome, counsel, at(path), `let-go-${path === one ? "determination" : "case"}`);
    }
    await page.goto(at(one));
    expect(!/BIS letter/.test(await page.textContent("main")), "who may not read the chain does not read why");
    await page.end();
  });
};
