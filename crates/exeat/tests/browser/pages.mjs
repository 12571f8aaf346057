// Every page: how it looks, whether everybody can use it, whether the browser has to complain.
// Then the main paths of each: by keyboard alone, without JavaScript, with hostile text. One file a
// page in `pages/`; at the end what needs a server of its own: lists that come in, an identity
// provider, and the way of somebody who comes new to it.

import { LOOKS, accessible, calm, finish, fits, pictures, tab as plain, test } from "./desk.mjs";
import { chrome, server, tab } from "./world.mjs";
import { join } from "node:path";
import * as answer from "./pages/answer.mjs";
import * as atlas from "./pages/atlas.mjs";
import * as case_ from "./pages/case.mjs";
import * as check from "./pages/check.mjs";
import * as classify from "./pages/classify.mjs";
import * as entry from "./pages/entry.mjs";
import * as frame from "./pages/frame.mjs";
import * as hostile from "./pages/hostile.mjs";
import * as keyboard from "./pages/keyboard.mjs";
import * as law from "./pages/law.mjs";
import * as lists from "./pages/lists.mjs";
import * as newcomer from "./pages/newcomer.mjs";
import * as plainly from "./pages/plain.mjs";
import * as provider from "./pages/provider.mjs";
import * as record from "./pages/record.mjs";
import * as screen from "./pages/screen.mjs";
import * as settings from "./pages/settings.mjs";

const ALL = [entry, case_, record, settings, frame, check, answer, atlas, law, screen, classify, plainly, keyboard, hostile];

/** Pages that end up in files, on paper. */
const PRINTED = /^(answer-|case-|record-one|atlas$|law-section)/;

for (const place of ALL) {
  for (const [name, go] of place.pages) {
    for (const [look, options] of [...LOOKS, ...(PRINTED.test(name) ? [["print", { viewport: { width: 794, height: 1123 } }]] : [])]) {
      await test(`page ${name}, ${look}`, async () => {
        const page = await (place.inside === false ? plain : tab)(chrome, options);
        try {
          await go(page);
          await page.waitForLoadState("networkidle");
          if (look === "print") {
            await page.emulateMedia({ media: "print" });
            await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
          }
          await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: true });
          await fits(page);
          if (look !== "print") await accessible(page);
          calm(page);
        } finally { await page.end(); }
      });
    }
  }
}

for (const place of ALL) await place.tests();

await chrome.close();
await server.stop();

for (const own of [lists, provider, newcomer]) await own.tests();
finish();
