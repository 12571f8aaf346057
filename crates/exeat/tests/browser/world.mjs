// One server and one browser for all pages, and somebody who is signed in.

import { browser, join_, serve, tab as plain } from "./desk.mjs";

export const server = await serve();
export const chrome = await browser();
export const at = (path) => `${server.home}${path}`;
const ana = await join_(chrome, server.setup, "ana", "Ana Lyst", "nine quiet pelicans ashore");
export const tab = (in_, options = {}) => plain(in_, { storageState: ana, ...options });
export const HOSTILE = `"><script>window.hit=1</script><img src=x onerror="window.hit=1">'&amp;{{7*7}}\u202e`;

/** The draft that an example becomes. */
export const example = async (page, name) => {
  await page.goto(at(`/check/example/${name}`));
  return new URL(page.url()).pathname.split("/")[2];
};

/** A case of the reseller whose name is like a listed one. */
export const MATCH = "date: 2026-09-24\nactivity: export\ndestination: IL\nitems: [{name: exploit kit, eccn: 4D004, form: object-code}]\nparties: [{role: end-user, name: NSO Grup Technologies, country: IL, sector: private-other}]\n";

/** A transaction as text, taken to its answer. */
export const answer = async (page, text) => {
  await page.goto(at("/check/paste"));
  await page.fill("textarea", text);
  await page.click("button.main");
  await page.goto(`${page.url().split("?")[0].replace(/\/answer$/, "")}/answer`);
};

/** The same as a case; its address. */
export const open = async (page, text) => {
  await answer(page, text);
  await page.click("form[action$='/case'] button");
  await page.waitForURL(/\/cases\//);
  return new URL(page.url()).pathname;
};
