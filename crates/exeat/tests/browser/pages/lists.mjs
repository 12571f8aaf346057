// Lists that come in: sent as a file, fetched, refused, shrunken; on a server of its own, since
// they answer from then on.

import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { accessible, browser, calm, expect, fits, invited, join_, looked, serve, tab, test } from "../desk.mjs";
import { HOSTILE } from "../hostile.mjs";

const HEAD = "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids";

/** Denied persons, in the columns of the Consolidated Screening List. */
const denied = (count, name = "Person") => Buffer.from([HEAD, ...Array.from({ length: count }, (_, at) =>
  `id${at},Denied Persons List (DPL) - Bureau of Industry and Security,,,,${name} ${at},,"1 Example Street, Exampletown, DE",90 F.R. 1,2024-01-02${",".repeat(19)}`)].join("\n") + "\n");

export const tests = async () => {
  await test("lists are sent, refused with file and line, found shrunken, accepted and fetched", async () => {
    let published = denied(40);
    const publisher = createServer((_, answer) => answer.end(published)).listen(0, "127.0.0.1");
    await new Promise((up) => publisher.once("listening", up));
    const server = await serve((data) => writeFileSync(join(data, "lists.toml"), `attempts = 1\n[[source]]\nname = "near"\n[[source.files]]\naddress = "http://127.0.0.1:${publisher.address().port}/denied.csv"\n`));
    const chrome = await browser();
    try {
      const at = (path) => `${server.home}${path}`;
      const ana = await join_(chrome, server.setup, "ana", "Ana Lyst", "nine quiet pelicans ashore");
      await looked(chrome, ana, at("/settings/lists"), "lists-none");
      // Without JavaScript: what is not a list is refused, and the last good one answers.
      const page = await tab(chrome, { storageState: ana, javaScriptEnabled: false });
      const send = async (name, buffer, source = "sent") => {
        await page.goto(at("/settings/lists"));
        await page.setInputFiles("[name=file]", { name, mimeType: "text/csv", buffer });
        await page.fill("[name=source]", source);
        await page.click("form[action$='/send'] button");
        await page.locator(".alert").first().waitFor({ timeout: 60_000 });
        return (await page.textContent("main")).replace(/\s+/g, " ");
      };
      expect(/letters, digits/.test(await send("denied.csv", denied(30), "not a name!")), "a source needs a name");
      expect(await page.inputValue("[name=source]") === "not a name!", "what was typed is still there");
      let said = await send("nonsense.csv", Buffer.from("what,is\nthis,now\n"));
      expect(/The last good list is kept/.test(said) && /nonsense\.csv/.test(said), `it is refused by name: ${said}`);
      const broken = Buffer.from(denied(30).toString().replace("Person 7,", ",").replace("id9,Denied Persons List (DPL) - Bureau of Industry and Security", "id9,"));
      said = await send("broken.csv", broken);
      expect(/broken\.csv/.test(said) && /line \d+|:\d+/.test(said), `with the file and the line: ${said}`);
      said = await send("denied.csv", denied(30));
      expect(/The new lists answer from now on/.test(said) && /DPL 30/.test(said), `thirty are taken in: ${said}`);
      await looked(chrome, ana, page.url(), "lists-came");
      // One that shrank is shown, the last good one goes on, and only then it is accepted.
      said = await send("denied.csv", denied(3));
      expect(/has 3 entries, and had 30/.test(said), `it is suspicious: ${said}`);
      await looked(chrome, ana, page.url(), "lists-shrunken");
      await page.goto(at("/settings/lists"));
      expect(/DPL 30/.test((await page.textContent("main")).replace(/\s+/g, " ")), "the last good one answers");
      await page.goBack();
      await page.click("button.stop");
      await page.locator(".alert.go").waitFor({ timeout: 60_000 });
      expect(/DPL 3\b/.test((await page.textContent("main")).replace(/\s+/g, " ")), "it is taken all the same");
      calm(page);
      await page.end();
      // From the keyboard: fetched where lists.toml says.
      const keys = await tab(chrome, { storageState: ana });
      await keys.goto(at("/settings/lists"));
      await keys.focus("form[action$='/fetch'] button.main");
      await keys.keyboard.press("Enter");
      await keys.locator(".alert.go").waitFor({ timeout: 60_000 });
      expect(/DPL 40/.test((await keys.textContent("main")).replace(/\s+/g, " ")), "forty were published");
      await keys.goto(at("/settings/lists"));
      await keys.click("form[action$='/fetch'] button.main");
      await keys.locator("text=Nothing is new").waitFor({ timeout: 60_000 });
      published = Buffer.from("away");
      await keys.goto(at("/settings/lists"));
      await keys.click("form[action$='/fetch'] button.main");
      await keys.locator(".alert.stop").waitFor({ timeout: 60_000 });
      await accessible(keys);
      // A file of the drop folder, hostile names, and a file that is too large.
      mkdirSync(join(server.data, "incoming"), { recursive: true });
      writeFileSync(join(server.data, "incoming", "dropped.csv"), denied(50, HOSTILE.text.replace(/[",\n\r\0]/g, "")));
      await keys.goto(at("/settings/lists"));
      await keys.click("form[action$='/fetch'] [value=folder]");
      await keys.locator(".alert.go").waitFor({ timeout: 60_000 });
      await keys.goto(at("/settings/lists"));
      await keys.setInputFiles("[name=file]", { name: HOSTILE.file, mimeType: "text/csv", buffer: denied(60) });
      await keys.fill("[name=source]", "hostile");
      await keys.click("form[action$='/send'] button");
      await keys.locator(".alert.go").waitFor({ timeout: 60_000 });
      await looked(chrome, ana, at("/settings/lists"), "lists-hostile");
      await looked(chrome, ana, at("/screen/lists"), "lists-searched");
      await looked(chrome, ana, at("/screen/changes"), "lists-changes");
      expect(await keys.evaluate(() => window.hit) === undefined, "nothing was executed");
      await keys.goto(at("/settings/lists"));
      await keys.setInputFiles("[name=file]", { name: "large.csv", mimeType: "text/csv", buffer: Buffer.alloc(3 << 20) });
      await keys.evaluate(() => { document.querySelector("[name=file]").dataset.most = 2 << 20; document.querySelector("[name=file]").dispatchEvent(new Event("change")); });
      expect(await keys.evaluate(() => !document.querySelector("[name=file]").checkValidity()), "what is too large is told before it is sent");
      calm(keys);
      await keys.end();
      // Whoever may not is given neither forms nor an answer.
      const admin = await tab(chrome, { storageState: ana });
      const reader = await invited(chrome, admin, server.home, "rea", "Rea Der", ["auditor"]);
      const other = await tab(chrome, { storageState: reader });
      await other.goto(at("/settings/lists"));
      expect(await other.locator("form[action^='/settings/lists']").count() === 0, "an auditor has no form");
      expect(/An admin brings in lists/.test(await other.textContent("main")), "and reads who has");
      await fits(other);
      await other.end();
      await admin.end();
    } finally {
      publisher.close();
      await chrome.close();
      await server.stop();
    }
  });
};
