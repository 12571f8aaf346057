// Settings, and one's own account.

import { accessible, calm, expect, test } from "../desk.mjs";
import { HOSTILE, at, chrome, tab } from "../world.mjs";

export const pages = [
  ["settings", (page) => page.goto(at("/settings"))],
  ["settings-keys", (page) => page.goto(at("/settings/keys"))],
  ["settings-hooks", (page) => page.goto(at("/settings/hooks"))],
  ["settings-lists", (page) => page.goto(at("/settings/lists"))],
  ["settings-thresholds", (page) => page.goto(at("/settings/thresholds"))],
  ["account", (page) => page.goto(at("/account"))],
];

export const tests = async () => {
  await test("a key is made, shown once, works, and is ended; a hook is told and stopped", async () => {
    const page = await tab(chrome);
    await page.goto(at("/settings/keys"));
    await page.fill("[name=name]", HOSTILE);
    await page.check("[name=scope][value=check]");
    await page.click("form[action='/settings/keys'] button.main");
    const key = (await page.textContent(".alert pre")).trim();
    await accessible(page);
    const asked = () => fetch(at("/v1/check"), { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ date: "2026-09-24", activity: "export", destination: "DE", items: [{ eccn: "EAR99" }] }) });
    const answered = await asked();
    expect(answered.status === 200, `the key is taken: ${answered.status} ${await answered.text()}`);
    await page.goto(at("/settings/keys"));
    expect(!(await page.content()).includes(key), "the key is shown once");
    await page.locator("form[action$='/end'] button").first().click();
    await page.waitForLoadState();
    expect(await page.locator("form[action$='/end']").count() === 0, "it is ended");
    expect((await asked()).status === 401, "and taken no more");
    await page.fill("[name=name]", "no scope");
    await page.click("form[action='/settings/keys'] button.main");
    expect(/may do nothing/.test(await page.textContent(".alert")), "a key without a scope is refused with why");
    await page.goto(at("/settings/hooks"));
    await page.fill("[name=name]", HOSTILE);
    await page.fill("[name=to]", "http://example.com/hook");
    await page.click("form[action='/settings/hooks'] button.main");
    expect(await page.locator(".alert.stop").count() === 1, "an address without TLS is refused");
    await page.fill("[name=name]", HOSTILE);
    await page.fill("[name=to]", "mailto:desk@example.com");
    await page.check("[name=kind][value=approved]");
    await page.click("form[action='/settings/hooks'] button.main");
    await page.goto(at("/settings/hooks"));
    await page.click("form[action$='/set'] button");
    await page.waitForLoadState();
    expect(/Ana Lyst stopped it/.test(await page.textContent("main")), "it is stopped");
    await accessible(page);
    expect(await page.evaluate(() => window.hit) === undefined, "nothing was executed");
    calm(page);
    await page.end();
  });

  await test("a file of customers says what thresholds would alert", async () => {
    const page = await tab(chrome);
    await page.goto(at("/settings/thresholds"));
    await page.setInputFiles("[name=file]", { name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(`name\nNSO Group\nNSO Grup Technologies\nNobody Whatever\n${HOSTILE.replace(/,|"/g, "")}\n`) });
    await page.click("form[action='/settings/thresholds'] button");
    expect(/4 names/.test(await page.textContent("main")), "four names were searched");
    const alert = async (row) => Number(await row.locator("td").first().textContent());
    const [lowest, highest] = [await alert(page.locator("tbody tr").first()), await alert(page.locator("tbody tr").last())];
    expect(lowest >= 1 && lowest <= 3 && highest <= lowest, `the listed name alerts, and fewer from higher scores on: ${lowest}, ${highest}`);
    expect(await page.locator("tr.current, .here").count() > 0, "the threshold in force is marked");
    await accessible(page);
    calm(page);
    await page.end();
  });
};
