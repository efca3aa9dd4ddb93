// What a user does from the first manifest to a build, in the extension for this platform and with no Python on PATH.
// usage: node journey.mjs VSIX

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";

import { root, run, start, until } from "./editor.mjs";

const [vsix] = process.argv.slice(2);
const examples = path.join(root, "examples");
const here = import.meta.dirname;
const editor = await start({
  extensions: [vsix],
  files: {
    faulty: path.join(examples, "faulty"),
    guestbook: path.join(examples, "python"),
    templates: path.join(examples, "templates"),
    "building.yaml": path.join(here, "workspace", "building.yaml"),
    "failing.yaml": path.join(here, "workspace", "failing.yaml"),
  },
  programs: [path.join(here, "programs"), path.join(root, "tests", "standin")],
  // The stand-in needs no engine; an address of this sort can't be looked at beforehand.
  env: { STAND_IN_ENGINE: "none", DOCKER_HOST: "ssh://docker.example.com", STAGE: "july" },
});
const { page } = editor;
const status = page.locator("#scone-ls\\.scone-ls\\.status");
const toast = (text) => page.locator(".notification-toast", { hasText: text });
const progress = toast("sconectl --quiet apply").filter({ has: page.getByRole("button", { name: "Cancel" }) });
const question = toast("all the same?");

/** Build although this machine lacks something, as every machine without a kubeconfig does; the reason is put away. */
async function insist() {
  await question.waitFor();
  const reason = page.locator(".notification-toast").filter({ hasNotText: "all the same?" }).first();
  await reason.hover();
  await reason.locator(".codicon-notifications-clear").click();
  await question.getByRole("button", { name: "Build Anyway" }).click();
}

const steps = {
  async "a mistake is underlined at its word"() {
    await editor.show("faulty/manifest.yaml");
    await editor.squiggleUnder("pyton");
    await editor.squiggleUnder("host_path");
    await editor.shoot("squiggles");
  },
  async "the language is switched by content"() {
    await page.locator(".statusbar-item", { hasText: "SCONE Manifest" }).first().waitFor();
  },
  async "the status bar counts"() {
    await status.filter({ hasText: "7" }).waitFor();
  },
  async "a key is explained"() {
    assert.match(await editor.hover("environment"), /variable/i);
    await editor.shoot("hover");
    await page.mouse.move(5, 650);
  },
  async "keys are offered while one types"() {
    await editor.goTo(7, 14);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("req", { delay: 60 });
    const offered = await editor.suggestions();
    assert.equal(offered.filter((one) => one.startsWith("requirements")).length, 1, String(offered));
    await editor.shoot("completion");
    await page.keyboard.press("Enter");
    await until(async () => /^ {2}requirements:/m.test(await editor.text()), "the key");
    await editor.command("File: Revert File");
    await editor.box("pyton");
  },
  async "a fix is applied"() {
    await editor.goTo(7, 10);
    await page.keyboard.press("Control+.");
    const menu = page.locator(".action-widget").first();
    await menu.waitFor();
    assert.match(await menu.innerText(), /change it to `?python/i);
    await editor.shoot("quick-fix");
    await page.keyboard.press("Enter");
    await page.locator(".view-line", { hasText: "python" }).first().waitFor();
  },
  async "the outline shows the parts"() {
    await editor.command("Explorer: Focus on Outline View");
    const outline = page.locator(".outline-tree");
    await outline.getByText("build", { exact: true }).waitFor();
    await outline.getByText("python", { exact: true }).first().waitFor();
    await editor.shoot("outline");
  },
  async "a rule is explained"() {
    await editor.goTo(21, 8);
    await editor.command("SCONE: Explain a Rule");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "at the cursor" }).first().click();
    await until(async () => {
      const texts = await Promise.all(page.frames().map((one) => one.locator("h1").first().innerText({ timeout: 100 }).catch(() => "")));
      return texts.includes("wrong-type");
    }, "the page of the rule");
    await editor.shoot("explain-rule");
    await editor.command("View: Close All Editors in Group");
  },
  async "a name is changed in every file"() {
    await editor.open("mesh.yaml");
    await editor.openManifest("service.yaml");
    const lines = (await readFile(editor.file("guestbook/service.yaml"), "utf8")).split("\n");
    const line = lines.findIndex((one) => one.includes("{{title}}"));
    await editor.goTo(line + 1, lines[line].indexOf("title}}") + 2);
    await page.keyboard.press("F2");
    const box = page.locator(".rename-input").first();
    await box.waitFor();
    await editor.shoot("rename");
    await box.fill("heading");
    await page.keyboard.press("Enter");
    await page.locator(".view-line", { hasText: "{{heading}}" }).first().waitFor();
    await editor.command("File: Save All Files");
    await until(async () => /name: heading/.test(await readFile(editor.file("guestbook/mesh.yaml"), "utf8")), "the other file");
    await editor.command("View: Close All Editors");
  },
  async "the workspace is a tree, and each name leads to its place"() {
    await editor.command("SCONE: Focus on Workspace View");
    const tree = page.locator(".pane-body .monaco-list").filter({ hasText: "Secrets" });
    for (const text of ["Meshes", "Services", "Secrets", "Images"]) {
      await tree.getByText(text, { exact: true }).first().waitFor();
    }
    await tree.getByText("greeting", { exact: true }).click();
    await page.locator(".tab.active", { hasText: "service.yaml" }).waitFor();
    assert.equal(await page.evaluate(() => getSelection()?.toString() ?? ""), "");
    await editor.box("greeting");
    await editor.shoot("workspace");
  },
  async "a template is shown with its values, and a build as its steps"() {
    await editor.openManifest("service.yaml.template");
    await editor.command("SCONE: Show the Template Rendered");
    await page.locator(".tab", { hasText: "(rendered)" }).waitFor();
    await page.locator(".view-line", { hasText: "name: report-july" }).first().waitFor();
    await editor.shoot("rendered");
    await editor.command("SCONE: Preview What a Build Will Do");
    await page.locator(".view-line", { hasText: "1. Base image" }).first().waitFor();
    await editor.shoot("plan");
    await editor.command("View: Close All Editors");
  },
  async "the machine is checked for building"() {
    await editor.command("SCONE: Check This Machine for Building");
    await page.locator(".terminal-wrapper .xterm-screen").first().waitFor();
    await page.locator(".part.panel .tabs-list, .part.panel").getByText("doctor").first().waitFor();
    await editor.shoot("doctor");
  },
  async "the walkthrough opens a sample"() {
    await editor.command("Welcome: Open Walkthrough...");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Write SCONE Manifests" }).first().click();
    await page.getByRole("button", { name: "Open a Sample" }).first().click();
    await editor.squiggleUnder("pyton");
    await editor.shoot("sample");
    await editor.command("View: Revert and Close Editor");
    await editor.command("View: Close All Editors");
  },
  async "a build that can't work is refused, and begins if one insists"() {
    await editor.openManifest("building.yaml");
    await editor.command("SCONE: Build This Manifest");
    await question.waitFor();
    await editor.shoot("build-refused");
    await insist();
    await progress.waitFor();
    await toast("is done").waitFor();
  },
  async "a build shows its progress"() {
    await editor.command("Notifications: Clear All Notifications");
    await editor.command("SCONE: Build This Manifest");
    await insist();
    await progress.waitFor();
    await status.locator(".codicon-sync").waitFor();
    await page.locator(".part.panel").getByText("copying files").last().waitFor();
    await editor.shoot("build");
    await toast("is done").waitFor();
  },
  async "a build is cancelled"() {
    await editor.command("Notifications: Clear All Notifications");
    await editor.command("SCONE: Build This Manifest");
    await insist();
    await progress.getByRole("button", { name: "Cancel" }).click();
    await status.locator(".codicon-shield").waitFor();
    await toast("was cancelled").waitFor();
    assert.equal(await toast("is done").count(), 0);
    await editor.shoot("build-cancelled");
  },
  async "a failure stands under the word that caused it"() {
    await editor.command("Notifications: Clear All Notifications");
    await editor.openManifest("failing.yaml");
    await editor.command("SCONE: Build This Manifest");
    await insist();
    await editor.squiggleUnder("tzdata-legacy");
    await editor.shoot("build-failed");
  },
};

const failed = await run(editor, steps);
await editor.stop();
process.exitCode = failed === 0 ? 0 : 1;
