// An identity provider: an account that is there is bound to it, and opens that way from then on.
// The provider is a small one of our own, and lets in whoever comes.

import { createSign, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as portOf } from "node:net";
import { join } from "node:path";
import { browser, calm, expect, join_, looked, serve, tab, test } from "../desk.mjs";
import { HOSTILE } from "../hostile.mjs";

/** A port that was free a moment ago. */
const free = () => new Promise((found) => {
  const server = portOf().listen(0, "127.0.0.1", () => { const { port } = server.address(); server.close(() => found(port)); });
});

/** A provider that calls whoever comes by this name. */
const provider = async (subject) => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const b64 = (it) => Buffer.from(it).toString("base64url");
  let nonce = "";
  const server = createServer((asked, answer) => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const url = new URL(asked.url, issuer);
    const json = (it) => { answer.setHeader("content-type", "application/json"); answer.end(JSON.stringify(it)); };
    if (url.pathname === "/keys") return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1" }] });
    if (url.pathname === "/authorize") {
      nonce = url.searchParams.get("nonce");
      answer.writeHead(302, { location: `${url.searchParams.get("redirect_uri")}?code=c&state=${url.searchParams.get("state")}` });
      return answer.end();
    }
    if (url.pathname === "/token") {
      const now = Math.floor(Date.now() / 1000);
      const signed = `${b64('{"alg":"ES256","kid":"1"}')}.${b64(JSON.stringify({ iss: issuer, aud: "exeat", sub: subject, name: "Ana", nonce, iat: now, exp: now + 300 }))}`;
      const signature = createSign("SHA256").update(signed).sign({ key: privateKey, dsaEncoding: "ieee-p1363" });
      return json({ id_token: `${signed}.${b64(signature)}` });
    }
    return json({ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` });
  }).listen(0, "127.0.0.1");
  await new Promise((up) => server.once("listening", up));
  return { issuer: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
};

export const tests = async () => {
  await test("an account is bound to an identity provider, and opens that way, without JavaScript", async () => {
    const vouching = await provider(HOSTILE.text.replace(/\0/g, "").slice(0, 200));
    const port = await free();
    const server = await serve((data) => writeFileSync(join(data, "exeat.toml"),
      `address = "http://127.0.0.1:${port}"\n[openid]\nissuer = "${vouching.issuer}"\nclient_id = "exeat"\nlabel = "Example & <b>Sons</b>"\n`), port);
    const chrome = await browser();
    try {
      const at = (path) => `${server.home}${path}`;
      const ana = await join_(chrome, server.setup, "ana", "Ana Lyst", "nine quiet pelicans ashore");
      await looked(chrome, ana, at("/account"), "account-provider");
      const page = await tab(chrome, { storageState: ana, javaScriptEnabled: false });
      await page.goto(at("/account"));
      const bind = page.locator("#provider a");
      const href = await bind.getAttribute("href");
      await bind.focus();
      await page.keyboard.press("Enter");
      await page.locator("text=This account opens when you sign in there").waitFor();
      expect(new URL(page.url()).pathname === "/account" && await page.locator("#provider a").count() === 0, "it is bound, once");
      const bound = await page.context().storageState();
      await looked(chrome, bound, at("/account"), "account-bound");
      // The address of another session binds nothing.
      const other = await tab(chrome, { storageState: bound });
      const refused = await other.goto(at(href));
      expect(refused.status() === 422, `the token of another session: ${refused.status()}`);
      await other.end();
      // Out, and in again by the provider.
      await page.goto(at("/account"));
      await page.click("form[action='/signout'] button");
      await page.waitForURL(/\/signin/);
      await page.click("a[href^='/sign-in/openid']");
      await page.waitForURL((it) => it.pathname === "/");
      await page.goto(at("/account"));
      expect(/Ana Lyst/.test(await page.textContent("main")), "the same account opened");
      calm(page);
      await page.end();
    } finally {
      vouching.stop();
      await chrome.close();
      await server.stop();
    }
  });
};
