// Beside another extension for YAML that has the JSON Schemas of manifests: nothing is said, explained or offered twice.
// usage: node beside.mjs VSIX [OTHER]
//   OTHER  the extension for YAML (VSIX), in place of the stand-in that has its language server

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { packed, SETTINGS } from "./beside/pack.mjs";
import { run, start, until } from "./editor.mjs";

const [vsix, other] = process.argv.slice(2);
const PULLED_EVERY = 2_000; // milliseconds between two requests for what is wrong in the whole workspace
const SETTLED = 700; // milliseconds in which the other server looks at a text and says what it has to say
const here = path.join(import.meta.dirname, "workspace", "beside");
const names = ["both.yaml", "deployment.yaml", "mesh.yaml", "service.yaml", "service.yaml.template"];
const editor = await start({
  extensions: [vsix, other ?? (await packed())],
  files: Object.fromEntries(names.map((name) => [name, path.join(here, name)])),
  settings: SETTINGS,
});
const { page } = editor;
await page.addInitScript(`window.listed = ${String(listed)}`);

/** Runs in the page: what the list of problems shows, as the file, who says it, and the line. */
function listed() {
  const rows = [...document.querySelectorAll(".part.panel .monaco-list-row")];
  const top = (row) => row.getBoundingClientRect().top;
  let file;
  return rows
    .sort((one, next) => top(one) - top(next))
    .flatMap((row) => {
      file = row.querySelector(".label-name")?.textContent ?? file;
      const source = row.querySelector(".marker-source")?.textContent;
      const line = row.querySelector(".marker-line")?.textContent.match(/\d+/)[0];
      return source === undefined ? [] : [[file, /^yaml/i.test(source) ? "theirs" : source.split(/[\s(]/)[0], line]];
    });
}

/** Who says what about a file: `scone-ls 6` is ours about line 6. */
async function problems(name) {
  const found = await page.evaluate("listed()");
  return found.filter(([file]) => file === name).map(([, source, line]) => `${source} ${line}`);
}

/** Wait until exactly this is said about a file, and that stays so; what comes late on a slow machine may go again. */
async function said(name, wanted, pause = SETTLED) {
  let found;
  const isSo = async () => String((found = await problems(name))) === String(wanted);
  const stays = async () => {
    await until(isSo, "it", 15_000).catch(() => {});
    await sleep(pause);
    return isSo();
  };
  assert.ok((await stays()) || (await stays()), `about ${name} there is ${found}, not ${wanted}`);
}

/** Rest the pointer on a word, and return each explanation that is shown. */
async function explanations(word) {
  await editor.hover(word);
  const found = await page.locator(".monaco-hover:not(.hidden) .hover-row").allInnerTexts();
  await page.mouse.move(5, 600);
  return found;
}

/** Type on a new line behind this one, and return what is offered; the text is put back. */
async function offered(line, text) {
  await editor.goTo(line, 1);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type(text, { delay: 60 });
  await sleep(SETTLED);
  const found = await page.locator(".suggest-widget.visible .monaco-list-row").allInnerTexts();
  await page.keyboard.press("Escape");
  await editor.command("File: Revert File");
  return found.map((one) => one.split("\n")[0]);
}

async function changeLanguage(name) {
  await editor.command("Change Language Mode");
  const input = page.locator(".quick-input-widget input").first();
  await input.fill(name);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).waitFor();
  await input.press("Enter");
  await page.locator(".statusbar-item", { hasText: new RegExp(`^${name}$`) }).waitFor();
}

const steps = {
  async "in other YAML only the other extension speaks"() {
    await page.setViewportSize({ width: 1120, height: 1200 });
    await editor.show("deployment.yaml");
    await editor.squiggleUnder("Deployment");
    await editor.command("Problems: Focus on Problems View");
    const { x, y } = await page.locator(".part.panel").boundingBox();
    await page.mouse.move(x + 200, y);
    await page.mouse.down();
    await page.mouse.move(x + 200, y - 300, { steps: 4 });
    await page.mouse.up();
    await until(async () => (await problems("deployment.yaml")).length > 0, "the problems of other YAML");
    await editor.shoot("beside-other");
    assert.deepEqual((await problems("deployment.yaml")).filter((one) => !one.startsWith("theirs")), []);
    assert.deepEqual(await offered(3, "environm"), ["environment"]);
    assert.equal(await page.locator("#scone-ls\\.scone-ls\\.status").count(), 0);
  },
  async "and formats"() {
    await editor.command("Format Document");
    await page.locator(".view-line", { hasText: "{ name: clock }" }).waitFor();
    await editor.command("File: Revert File");
  },
  async "in a manifest each mistake is said once, by us"() {
    await editor.openManifest("service.yaml");
    await editor.squiggleUnder("pyton");
    await said("service.yaml", ["scone-ls 6", "scone-ls 10"]);
    await editor.shoot("beside-manifest");
  },
  async "a key is explained once"() {
    const found = await explanations("environment");
    assert.equal(found.length, 1, String(found));
    assert.doesNotMatch(found[0], /Source:/);
  },
  async "a key is offered once"() {
    assert.deepEqual(await offered(6, "req"), ["requirements"]);
  },
  async "in a template as well"() {
    await editor.openManifest("service.yaml.template");
    await said("service.yaml.template", ["scone-ls 6"]);
  },
  async "a file is ours if one of its documents is, and nothing is said about the others"() {
    await editor.openManifest("both.yaml");
    await said("both.yaml", ["scone-ls 15"]);
    await editor.shoot("beside-both");
    assert.deepEqual(await offered(6, "env"), []);
  },
  async "a manifest that is made YAML by hand is left to the other extension"() {
    await editor.openManifest("service.yaml");
    await changeLanguage("YAML");
    await said("service.yaml", ["theirs 6", "theirs 10"], PULLED_EVERY + 500);
    await editor.shoot("beside-by-hand");
    const found = await explanations("environment");
    assert.equal(found.length, 1, String(found));
    assert.match(found[0], /Source:/);
    assert.deepEqual(await offered(6, "req"), ["requirements"]);
  },
  async "and is ours again by hand"() {
    await changeLanguage("SCONE Manifest");
    await said("service.yaml", ["scone-ls 6", "scone-ls 10"]);
  },
  async "what becomes a manifest while it is typed is ours from then on"() {
    await editor.command("View: Close All Editors");
    await editor.command("File: New Untitled Text File");
    await changeLanguage("YAML");
    await page.keyboard.insertText("kind: mesh\ncas: []\npolicy: {}\nenv: []\nenv: []\n");
    await said("kind: mesh", ["theirs 5"], 0);
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("apiVersion: scone/5.8\n", { delay: 20 });
    await page.locator(".statusbar-item", { hasText: "SCONE Manifest" }).waitFor();
    await said("apiVersion: scone/5.8", ["scone-ls 2", "scone-ls 6", "scone-ls 4"]);
    await editor.shoot("beside-typed");
    await editor.command("View: Revert and Close Editor");
  },
  async "also if all files of that name are said to be YAML"() {
    await mkdir(editor.file(".vscode"));
    await writeFile(editor.file(".vscode/settings.json"), JSON.stringify({ "files.associations": { "*.yaml": "yaml" } }));
    await sleep(SETTLED);
    await editor.openManifest("mesh.yaml");
    await said("mesh.yaml", ["scone-ls 8"]);
    await editor.shoot("beside-pinned");
  },
};

const failed = await run(editor, steps);
await editor.stop();
process.exitCode = failed === 0 ? 0 : 1;
