// Bundles the extension into dist/, and with --tests its tests, which run inside the editor, into dist-test/.

import { cp, readFile, readdir, writeFile } from "node:fs/promises";

import { build } from "esbuild";

const tests = process.argv.includes("--tests");

const { metafile } = await build({
  entryPoints: [tests ? "test/suite.ts" : "src/extension.ts"],
  outfile: tests ? "dist-test/suite.js" : "dist/extension.js",
  bundle: true,
  external: ["vscode"],
  format: "cjs",
  platform: "node",
  target: "node20",
  minify: !tests,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
if (!tests) {
  await writeFile("dist/NOTICES.txt", await notices(Object.keys(metafile.inputs)));
  // The sample of the walkthrough is one of the examples, so that it is kept right with them.
  await cp("../examples/faulty/manifest.yaml", "dist/sample.yaml");
}

/** The licences of the packages in the bundle. */
async function notices(inputs) {
  const packages = new Set(inputs.flatMap((one) => one.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const parts = [];
  for (const folder of [...packages].sort()) {
    const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    parts.push(`${name} ${version}\n\n${await readFile(`${folder}/${file}`, "utf8")}`);
  }
  return parts.join(`\n${"-".repeat(80)}\n`);
}
