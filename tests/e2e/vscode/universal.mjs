// The universal extension on a machine with Python: one click sets the server up, without a network where that can be cut.
// usage: node universal.mjs VSIX

import assert from "node:assert/strict";
import * as path from "node:path";

import { root, run, start } from "./editor.mjs";

const [vsix] = process.argv.slice(2);
const files = { faulty: path.join(root, "examples", "faulty") };
// An index that answers nobody: what is needed has to come out of the extension.
const env = { PIP_INDEX_URL: "http://127.0.0.1:9/", PIP_CONFIG_FILE: "/dev/null" };
const message = (editor, text) => editor.page.locator(".notification-toast", { hasText: text });

const withPython = await start({ extensions: [vsix], files, python: true, env });
let failed = await run(withPython, {
  async "one message asks to set the server up"(editor) {
    await editor.show("faulty/manifest.yaml");
    await message(editor, "has to be set up once").waitFor();
    assert.equal(await editor.page.locator(".notification-toast").count(), 1);
    await editor.page.locator("#scone-ls\\.scone-ls\\.status", { hasText: "SCONE" }).waitFor();
    await editor.shoot("set-up");
  },
  async "one click does it"(editor) {
    await message(editor, "has to be set up once").getByRole("button", { name: "Set Up", exact: true }).click();
    await editor.page.locator(".squiggly-error").first().waitFor({ timeout: 90_000 });
    await editor.squiggleUnder("pyton");
  },
  async "the next start needs no click"(editor) {
    await editor.page.reload();
    await editor.page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
    assert.equal(await message(editor, "set up").count(), 0);
  },
});
await withPython.stop();

const without = await start({ extensions: [vsix], files });
failed += await run(without, {
  async "without Python one message says so and helps"(editor) {
    await editor.show("faulty/manifest.yaml");
    await message(editor, "none was found").waitFor();
    await message(editor, "none was found").getByRole("button", { name: "Choose a Python…" }).waitFor();
    await editor.shoot("no-python");
  },
});
await without.stop();
process.exitCode = failed === 0 ? 0 : 1;
