// A server, a browser, and what every test asks of a page.
//
// EXEAT names the program, MODULES the folder with playwright-core and axe-core, CHROMIUM the
// browser, SCREENSHOTS where pictures go.

import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const from = createRequire(join(process.env.MODULES, "package.json"));
const { chromium } = from("playwright-core");
const axe = readFileSync(from.resolve("axe-core/axe.min.js"), "utf8");
export const pictures = process.env.SCREENSHOTS;
mkdirSync(pictures, { recursive: true });

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** A server of its own, with a data folder that is empty but for what is prepared. */
export const serve = async (prepare = () => {}, port = 0) => {
  const data = mkdtempSync(join(tmpdir(), "exeat-browser-"));
  prepare(data);
  const server = spawn(process.env.EXEAT, ["serve", "--listen", `127.0.0.1:${port}`], { env: { ...process.env, EXEAT_DATA: data }, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const setup = await new Promise((found, lost) => {
    server.stderr.on("data", (bytes) => {
      said += bytes;
      const address = said.match(/http:\/\/127\.0\.0\.1:\d+\/link\/\S+/);
      if (address) found(address[0]);
    });
    server.on("exit", () => lost(new Error(`the server ended: ${said}`)));
    setTimeout(() => lost(new Error(`the server does not listen: ${said}`)), 30_000).unref();
  });
  const home = new URL(setup).origin;
  return { home, setup, data, said: () => said, stop: () => new Promise((ended) => { server.on("exit", ended); server.kill("SIGTERM"); }) };
};

export const browser = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS, headless: true });

/** A tab that writes down everything that must not happen. */
export const tab = async (in_, options = {}) => {
  const context = await in_.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const wrong = [];
  await page.exposeFunction?.("cspViolated", (what) => wrong.push(`policy: ${what}`)).catch(() => {});
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (it) => window.cspViolated?.(`${it.violatedDirective} ${it.blockedURI}`)));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (it) => {
    const network = /Failed to load resource/.test(it.text());
    if (it.type() === "error" && !network) wrong.push(`console: ${it.text()}`);
  });
  page.on("dialog", (it) => { wrong.push(`dialog: ${it.message()}`); it.dismiss(); });
  page.on("request", (it) => { if (!it.url().startsWith("http://127.0.0.1")) wrong.push(`request: ${it.url()}`); });
  page.wrong = wrong;
  page.end = () => context.close();
  return page;
};

/** Makes an account with a link, and returns what the browser keeps of it. */
export const join_ = async (in_, link, login, name, password) => {
  const page = await tab(in_);
  await page.goto(link);
  await page.fill("[name=login]", login);
  await page.fill("[name=name]", name);
  await page.fill("[name=password]", password);
  await page.click("button.main");
  await page.waitForURL((it) => it.pathname === "/");
  calm(page);
  const kept = await page.context().storageState();
  await page.end();
  return kept;
};

/** How a page is looked at. */
export const LOOKS = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { colorScheme: "light", viewport: { width: 390, height: 844 } }],
];

/** A page in every look: its picture, whether it fits, whether everybody can use it. */
export const looked = async (in_, storageState, address, name) => {
  for (const [look, options] of LOOKS) {
    const page = await tab(in_, { storageState, ...options });
    await page.goto(address, { waitUntil: "networkidle" });
    await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: true });
    await fits(page);
    await accessible(page);
    calm(page);
    await page.end();
  }
};

/** Invites somebody with these roles, and returns what their browser keeps. */
export const invited = async (in_, page, home, login, name, roles) => {
  await page.goto(`${home}/settings`);
  await page.locator("summary", { hasText: "Invite" }).click();
  await page.fill("[name=name]", name);
  for (const role of roles) await page.locator(`form[action$='/invite'] [value=${role}]`).check();
  await page.click("form[action$='/invite'] button.main");
  const link = (await page.textContent(".alert pre")).trim();
  return join_(in_, link, login, name, "seven loud herons inland");
};

/** Nothing happened that must not. */
export const calm = (page) => {
  if (page.wrong.length) throw new Error(page.wrong.splice(0).join("; "));
};

/** The accessibility check finds nothing serious. */
export const accessible = async (page) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const serious = found.violations.filter((it) => ["serious", "critical", "moderate"].includes(it.impact));
  if (serious.length) {
    const said = serious.map((it) => `${it.id} (${it.impact}): ${it.help}: ${it.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
    throw new Error(said.join("\n      "));
  }
};

/** Nothing sticks out to the right. */
export const fits = async (page) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) {
    const culprits = await page.evaluate(() => [...document.querySelectorAll("main *, header *, footer *")]
      .filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest(".scroll, nav, .aligned, pre"))
      .slice(0, 3).map((it) => `${it.tagName}.${it.className}`));
    throw new Error(`the page is ${wide} pixels too wide: ${culprits.join(", ")}`);
  }
};

export const expect = (truth, what) => { if (!truth) throw new Error(what); };

// ---- The tests, one after the other ----

let passed = 0;
const failed = [];

/** One test; ONLY, where it is set, names those that are run. */
export const test = async (name, what) => {
  if (process.env.ONLY && !new RegExp(process.env.ONLY).test(name)) return;
  try {
    await what();
    passed += 1;
    console.log(`test ${name} ... ok`);
  } catch (error) {
    failed.push(name);
    console.log(`test ${name} ... FAILED\n      ${error.message}`);
  }
};

export const finish = () => {
  console.log(`\ntest result: ${failed.length ? "FAILED" : "ok"}. ${passed} passed; ${failed.length} failed`);
  process.exitCode = failed.length ? 1 : 0;
};
