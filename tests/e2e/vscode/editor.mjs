// A real VS Code, started with a profile of its own and driven in Chromium: what a test does with it, as functions.

import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

export const root = path.resolve(import.meta.dirname, "../../..");
const { chromium } = createRequire(path.join(root, "vscode-extension", "package.json"))("playwright-core");
const code = path.join(root, ".cache", "vscode");
const node = path.join(code, "node", "bin", "node");
const shots = path.join(root, ".cache", "screenshots", "vscode");
const PATIENCE = 40_000; // milliseconds for anything to appear

const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.hover.delay": 100,
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "files.autoSave": "off",
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "window.commandCenter": false,
  "workbench.colorTheme": "Default Light Modern",
  "workbench.layoutControl.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** A folder for PATH that has every program of this machine but Python, and those of `extra` before all others. */
async function pathWithoutPython(folder, extra) {
  await mkdir(folder);
  const taken = new Set();
  for (const source of [...extra, "/usr/local/bin", "/usr/bin", "/bin"]) {
    for (const name of await readdir(source).catch(() => [])) {
      if (!taken.has(name) && !/^(python|pip|pypy|uv|scone-ls)/.test(name)) {
        taken.add(name);
        await symlink(path.join(source, name), path.join(folder, name));
      }
    }
  }
  return folder;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Install extensions into an empty profile and start the editor on a copy of some files.
 *
 * @param extensions files of extensions (VSIX)
 * @param files what the workspace has: names, and what to copy there
 * @param python whether there is a Python on PATH
 */
export async function start({ extensions, files, settings = {}, python = false, programs = [], args = [], env = {} }) {
  const profile = await mkdtemp(path.join(tmpdir(), "scone-ls-vscode-"));
  const workspace = path.join(profile, "project");
  await mkdir(path.join(profile, "data", "User"), { recursive: true });
  await mkdir(path.join(profile, "home"));
  await writeFile(path.join(profile, "data", "User", "settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  for (const [name, source] of Object.entries(files)) {
    await cp(source, path.join(workspace, name), { recursive: true });
  }
  const found = await pathWithoutPython(path.join(profile, "bin"), programs);
  const environment = {
    HOME: path.join(profile, "home"),
    PATH: python ? process.env.PATH : found,
    LANG: "C.UTF-8",
    VSCODE_CLI: "1", // Else the editor asks a login shell for its PATH.
    ...env,
  };
  const folders = ["--user-data-dir", "data", "--extensions-dir", "extensions", "--server-data-dir", "server"].map(
    (one) => (one.startsWith("--") ? one : path.join(profile, one)),
  );
  const main = path.join(code, "out", "server-main.js");
  const install = extensions.flatMap((one) => ["--install-extension", one]);
  await promisify(execFile)(node, [main, ...folders, ...install], { env: environment });

  const port = await freePort();
  const listen = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"];
  const quiet = ["--accept-server-license-terms", "--disable-telemetry"];
  const server = spawn(node, [main, ...folders, ...listen, ...quiet, ...args], {
    env: environment,
    cwd: profile,
    stdio: "ignore",
  });
  const base = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${base}/version`).catch(() => undefined))?.ok, "the editor's server to answer");
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  const page = await browser.newPage({ viewport: { width: 1120, height: 700 } });
  page.setDefaultTimeout(PATIENCE);
  const stop = async () => {
    await browser.close();
    server.kill();
    await new Promise((resolve) => server.once("exit", resolve));
    await cp(path.join(profile, "data", "logs"), path.join(shots, "..", "logs"), { recursive: true }).catch(() => {});
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return new Editor({ page, base, profile, workspace, stop });
}

/** Wait until something holds. */
export async function until(holds, what, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await holds();
    if (found) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${patience / 1000} s for ${what}`);
    }
    await sleep(50);
  }
}

export class Editor {
  constructor(parts) {
    Object.assign(this, parts);
  }

  /** Show the workspace, maybe with a file and with what the address hands to the workbench. */
  async show(file, payload = []) {
    const open = file === undefined ? [] : [["openFile", `vscode-remote://${new URL(this.base).host}${this.file(file)}`]];
    const query = new URLSearchParams({ folder: this.workspace, payload: JSON.stringify([...open, ...payload]) });
    await this.page.goto(`${this.base}/?${query}`, { waitUntil: "domcontentloaded" });
    await this.page.locator(".monaco-workbench").waitFor();
  }

  file(name) {
    return path.join(this.workspace, name);
  }

  /** Open a file of the workspace by its name. */
  async open(name) {
    await this.page.keyboard.press("Control+P");
    await this.#choose(name);
    await this.page.locator(".tab.active", { hasText: path.basename(name) }).waitFor();
  }

  /** Open a manifest and wait until the editor takes it for one. */
  async openManifest(name) {
    await this.open(name);
    await this.page.locator(".tab.active .scone-manifest-lang-file-icon", { hasText: path.basename(name) }).waitFor();
  }

  /** Run a command of the palette. */
  async command(title) {
    await this.page.keyboard.press("F1");
    await this.#choose(title, ">");
  }

  async #choose(text, prefix = "") {
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(prefix + text);
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
    await row.waitFor();
    await row.click();
    // Else the pointer shows a hint of whatever it rests on.
    await this.page.mouse.move(1050, 20);
  }

  /** Put the cursor on a line, counted from 1, and a column, counted from 1. */
  async goTo(line, column) {
    await this.page.keyboard.press("Control+G");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.locator(".quick-input-list .monaco-list-row.focused").first().waitFor();
    await input.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  /** The visible lines of the active editor. */
  async text() {
    const lines = await this.page.locator(".editor-group-container.active .view-line").evaluateAll((found) =>
      found
        .map((line) => [line.getBoundingClientRect().top, line.textContent])
        .sort(([one], [other]) => one - other)
        .map(([, text]) => text),
    );
    return lines.join("\n").replaceAll("\u00a0", " ");
  }

  /** Where a word stands on the screen: its first occurrence that is visible. */
  async box(word) {
    return until(
      () =>
        this.page.evaluate((wanted) => {
          for (const line of document.querySelectorAll(".editor-group-container.active .view-line")) {
            const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
              const start = text.data.replaceAll("\u00a0", " ").indexOf(wanted);
              if (start >= 0) {
                const range = document.createRange();
                range.setStart(text, start);
                range.setEnd(text, start + wanted.length);
                const { left, right, top, bottom } = range.getBoundingClientRect();
                return { left, right, top, bottom };
              }
            }
          }
          return undefined;
        }, word),
      `\`${word}\` to be shown`,
    );
  }

  /** Where the squiggly lines are, of every severity. */
  squiggles() {
    return this.page
      .locator(".editor-group-container.active .cdr[class*=squiggly-]")
      .evaluateAll((found) => found.map((one) => one.getBoundingClientRect().toJSON()));
  }

  /** Wait until a squiggly line stands under exactly this word. */
  async squiggleUnder(word) {
    const near = (one, other) => Math.abs(one - other) < 2;
    await until(async () => {
      // The word may move, as lenses appear above it.
      const wanted = await this.box(word);
      const found = await this.squiggles();
      return found.some(
        (one) =>
          near(one.left, wanted.left) && near(one.right, wanted.right) && one.top < wanted.bottom && one.bottom > wanted.top,
      );
    }, `a squiggly line under \`${word}\``);
  }

  /** Rest the pointer on a word and return what is shown. */
  async hover(word) {
    const shown = this.page.locator(".monaco-hover:not(.hidden) .hover-contents").first();
    await until(async () => {
      // A word that lenses push away is pointed at once more, as a hand would do.
      const { left, right, top, bottom } = await this.box(word);
      await this.page.mouse.move(left - 5, bottom + 60);
      await this.page.mouse.move((left + right) / 2, (top + bottom) / 2, { steps: 4 });
      return shown.waitFor({ timeout: 3000 }).then(
        () => true,
        () => undefined,
      );
    }, `the hover of \`${word}\``);
    return until(async () => {
      const whole = this.page.locator(".monaco-hover:not(.hidden)").first();
      await whole.evaluate((box) => Promise.allSettled(box.getAnimations().map((one) => one.finished)));
      const text = await whole.innerText();
      return text.includes("Loading") ? undefined : text;
    }, "the hover to be loaded");
  }

  /** The suggestions, once they are shown. */
  async suggestions() {
    const rows = this.page.locator(".suggest-widget.visible .monaco-list-row");
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((one) => one.split("\n")[0]);
  }

  /** Keep what is on the screen. */
  async shoot(name, clip) {
    await mkdir(shots, { recursive: true });
    await this.page.screenshot({ path: path.join(shots, `${name}.png`), ...(clip === undefined ? {} : { clip }) });
  }
}

/** Run steps in order and say how each ended; returns how many failed. Where the first fails, the others have no chance. */
export async function run(editor, steps) {
  let failed = 0;
  for (const [name, step] of Object.entries(steps)) {
    const begin = Date.now();
    try {
      await step(editor);
      console.log(`  ok    ${name} (${Date.now() - begin} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`  FAILED ${name}: ${error.message.split("\n").slice(0, 6).join("\n")}`);
      await editor.shoot(`failed ${name}`).catch(() => {});
      await editor.page.keyboard.press("Escape").catch(() => {});
      if (step === Object.values(steps)[0]) {
        return failed;
      }
    }
  }
  return failed;
}
