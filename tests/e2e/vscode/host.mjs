// Runs the extension's own tests inside the real extension host, beside another extension for YAML.
// usage: node host.mjs VSIX

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import * as path from "node:path";

import { packed, SETTINGS } from "./beside/pack.mjs";
import { root, start } from "./editor.mjs";

const PATIENCE = 120_000; // milliseconds for all tests together
const [vsix] = process.argv.slice(2);
const here = import.meta.dirname;
const extension = path.join(root, "vscode-extension");
const examples = path.join(root, "examples");
const names = ["other.yaml", "note.txt", "closed.yaml", "compose.yaml", "late.yml", "misspelt.yaml"];

const slow = await slowly(path.join(root, "schemas", "genservice.schema.json"));
const editor = await start({
  extensions: [vsix, await packed()],
  settings: { ...SETTINGS, "yaml.schemas": { ...SETTINGS["yaml.schemas"], [slow]: "late.yml" } },
  files: {
    ...Object.fromEntries(names.map((name) => [name, path.join(here, "workspace", name)])),
    faulty: path.join(examples, "faulty"),
    guestbook: path.join(examples, "python"),
    templates: path.join(examples, "templates"),
  },
  // With it the editor takes tests from the address; it also hides messages, so no other run has it.
  args: ["--enable-smoke-test-driver"],
});
const ended = new Promise((resolve) => editor.page.exposeFunction("codeAutomationExit", resolve));
await editor.page.exposeFunction("codeAutomationLog", (_type, given) => {
  const line = [given].flat().join(" ");
  if (/^(ok|note|FAILED) /.test(line)) {
    console.log(`  ${line}`);
  }
});
const remote = (file) => `vscode-remote://${new URL(editor.base).host}${file}`;
await editor.show(undefined, [
  ["extensionTestsPath", remote(path.join(extension, "dist-test", "suite.js"))],
  ["extensionDevelopmentPath", remote(path.join(here, "driver"))],
]);
const result = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, PATIENCE, "no end"))]);
await editor.stop();
console.log(`  extension host: ${result === 0 ? "all passed" : result}`);
process.exit(result === 0 ? 0 : 1);

/** Offer a file at an address that keeps everybody waiting. */
async function slowly(file) {
  const text = await readFile(file);
  const server = createServer((_request, response) => setTimeout(() => response.end(text), 1000)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  return `http://127.0.0.1:${server.address().port}/schema.json`;
}
