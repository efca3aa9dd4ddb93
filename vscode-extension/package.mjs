// Makes a VSIX from the bundled extension: node package.mjs TARGET SERVER FILE
//   TARGET  universal, or a platform as VS Code names it (linux-x64, darwin-arm64, win32-x64, …)
//   SERVER  for a platform the folder of the frozen server, for the universal one the folder with the wheels

import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";

const [target, server, file] = process.argv.slice(2);
if (file === undefined) {
  console.error("usage: node package.mjs TARGET SERVER FILE");
  process.exit(2);
}
const universal = target === "universal";
const here = import.meta.dirname;
const root = path.dirname(here);
const staged = path.join(root, ".cache", "vsix", target);

await rm(staged, { recursive: true, force: true });
await mkdir(staged, { recursive: true });
const copied = ["dist", "media", "syntaxes", "walkthrough", "language-configuration.json", "README.md"];
for (const name of copied) {
  await cp(path.join(here, name), path.join(staged, name), { recursive: true, filter: (one) => !one.endsWith(".mjs") });
}
for (const name of ["LICENSE", "CHANGELOG.md"]) {
  await cp(path.join(root, name), path.join(staged, name));
}
await cp(server, path.join(staged, universal ? "wheels" : "server"), { recursive: true });

const { devDependencies, scripts, private: isPrivate, ...manifest } = JSON.parse(
  await readFile(path.join(here, "package.json"), "utf8"),
);
void [devDependencies, scripts, isPrivate];
await writeFile(path.join(staged, "package.json"), JSON.stringify(manifest, undefined, 2));
await writeFile(path.join(staged, ".vscodeignore"), "media/icon.svg\n");

const vsce = path.join(here, "node_modules", "@vscode", "vsce", "vsce");
const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
const platform = universal ? [] : ["--target", target];
const out = path.resolve(file);
const { stderr } = await promisify(execFile)(
  process.execPath,
  [vsce, "package", ...options, ...platform, "--out", out],
  { cwd: staged, maxBuffer: 1 << 26 },
);
process.stderr.write(stderr);
