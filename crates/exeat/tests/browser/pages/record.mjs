// The record and its chain.

import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessible, calm, expect, join_, tab as plain, test } from "../desk.mjs";
import { MATCH, at, chrome, open, tab } from "../world.mjs";

export const pages = [
  ["record", (page) => page.goto(at("/record"))],
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
};
