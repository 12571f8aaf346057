// The way in, for those who did not sign in.

import { expect, tab as plain, test } from "../desk.mjs";
import { HOSTILE, at, chrome } from "../world.mjs";

export const inside = false;

export const pages = [
  ["signin", (page) => page.goto(at("/signin"))],
  ["signin-wrong", async (page) => {
    await page.goto(at("/signin"));
    await page.fill("[name=login]", HOSTILE);
    await page.fill("[name=password]", "wrong");
    await page.click("button.main");
  }],
  ["link-over", (page) => page.goto(at("/link/nonsense"))],
];

export const tests = async () => {
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
};
