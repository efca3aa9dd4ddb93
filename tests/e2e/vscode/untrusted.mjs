// A workspace that is not trusted: manifests are checked, nothing is built, and the workspace can't name a server.
// usage: node untrusted.mjs VSIX

import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { root, run, start } from "./editor.mjs";

const [vsix] = process.argv.slice(2);
const hostile = path.join(await mkdtemp(path.join(tmpdir(), "scone-ls-")), "settings.json");
await writeFile(hostile, JSON.stringify({ "scone-ls.server.path": "/bin/false" }));

const editor = await start({
  extensions: [vsix],
  files: { "manifest.yaml": path.join(root, "examples", "faulty", "manifest.yaml"), ".vscode/settings.json": hostile },
  settings: { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" },
});
const failed = await run(editor, {
  async "manifests are checked, by our own server"() {
    await editor.show("manifest.yaml");
    await editor.squiggleUnder("pyton");
    await editor.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
  },
  async "nothing is built"() {
    await editor.page.getByText("Build", { exact: true }).first().click();
    await editor.page.locator(".notification-toast", { hasText: "Nothing is built in a workspace that is not trusted" }).waitFor();
    await editor.shoot("untrusted");
  },
  async "the command to build is not offered"() {
    await editor.page.keyboard.press("F1");
    const input = editor.page.locator(".quick-input-widget input").first();
    await input.fill(">SCONE: ");
    const rows = editor.page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "SCONE: Show Log" }).first().waitFor();
    assert.equal(await rows.filter({ hasText: "Build This Manifest" }).count(), 0);
  },
});
await editor.stop();
process.exitCode = failed === 0 ? 0 : 1;
