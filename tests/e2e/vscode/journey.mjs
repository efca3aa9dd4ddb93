// What a user does from the first manifest to a build, in the extension for this platform and with no Python on PATH.
// usage: node journey.mjs VSIX

import assert from "node:assert/strict";
import * as path from "node:path";

import { root, run, start } from "./editor.mjs";

const [vsix] = process.argv.slice(2);
const examples = path.join(root, "examples");
const editor = await start({
  extensions: [vsix],
  files: { faulty: path.join(examples, "faulty"), guestbook: path.join(examples, "python") },
});

const steps = {
  async "a mistake is underlined at its word"() {
    await editor.show("faulty/manifest.yaml");
    await editor.squiggleUnder("pyton");
    await editor.squiggleUnder("host_path");
    await editor.shoot("squiggles");
  },
  async "the language is switched by content"() {
    await editor.page.locator(".statusbar-item", { hasText: "SCONE Manifest" }).first().waitFor();
  },
  async "the status bar counts"() {
    await editor.page.locator("#scone-ls\\.scone-ls\\.status", { hasText: "7" }).waitFor();
  },
  async "a key is explained"() {
    assert.match(await editor.hover("environment"), /variable/i);
    await editor.shoot("hover");
    await editor.page.mouse.move(5, 650);
  },
  async "keys are offered while one types"() {
    await editor.goTo(7, 14);
    await editor.page.keyboard.press("End");
    await editor.page.keyboard.press("Enter");
    await editor.page.keyboard.type("req", { delay: 60 });
    const offered = await editor.suggestions();
    assert.equal(offered.filter((one) => one.startsWith("requirements")).length, 1, String(offered));
    await editor.shoot("completion");
    await editor.page.keyboard.press("Enter");
    assert.match(await editor.text(), /^ {2}requirements:/m);
    await editor.command("Undo");
    await editor.command("Undo");
  },
  async "a fix is applied"() {
    await editor.goTo(7, 10);
    await editor.page.keyboard.press("Control+.");
    const menu = editor.page.locator(".action-widget").first();
    await menu.waitFor();
    assert.match(await menu.innerText(), /change it to `?python/i);
    await editor.shoot("quick-fix");
    await editor.page.keyboard.press("Enter");
    await editor.page.locator(".view-line", { hasText: "python" }).first().waitFor();
  },
};

const failed = await run(editor, steps);
await editor.stop();
process.exitCode = failed === 0 ? 0 : 1;
