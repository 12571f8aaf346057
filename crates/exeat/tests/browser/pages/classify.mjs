// Classify: a product, a release.

import { at, example } from "../world.mjs";

export const pages = [
  ["classify-begin", (page) => page.goto(at("/classify"))],
  ["classify", (page) => page.goto(at("/classify?began=1&q.form=object-code"))],
  ["classify-release", (page) => page.goto(at("/classify/release"))],
  ["classify-components", (page) => page.goto(at("/classify/release/example"))],
];

export const tests = async () => {};
