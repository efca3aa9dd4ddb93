/** The commands of the palette and of the menus. Their names differ from those that the server offers. */

import { readFile } from "node:fs/promises";

import * as vscode from "vscode";

import { type Derived, PLAN, RENDERED } from "./derived";
import { activeManifest, LANGUAGE } from "./manifests";
import { explainRule } from "./rules";
import type { Service } from "./service";
import { task, TYPE } from "./tasks";

export const MENU = "sconeManifest.menu";
const SAMPLE = "dist/sample.yaml";

/** Register all commands. */
export function registerCommands(
  context: vscode.ExtensionContext,
  service: Service,
  derived: Derived,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const commands: Readonly<Record<string, (given?: unknown) => unknown>> = {
    [MENU]: showMenu,
    "sconeManifest.build": (given) => build(service, log, given),
    "sconeManifest.cancelBuild": () => service.running?.cancelBuilds(),
    "sconeManifest.checkWorkspace": () => checkWorkspace(service),
    "sconeManifest.doctor": () => runTasks(service, "doctor"),
    "sconeManifest.renderTemplate": (given) => withManifest(given, (uri) => derived.show(uri, RENDERED)),
    "sconeManifest.compareTemplate": (given) => withManifest(given, (uri) => derived.compare(uri, RENDERED)),
    "sconeManifest.showPlan": (given) => withManifest(given, (uri) => derived.show(uri, PLAN)),
    "sconeManifest.explainRule": (given) => explainRule(service, given),
    "sconeManifest.restartServer": () => service.restart(),
    "sconeManifest.showLog": () => {
      log.show();
    },
    "sconeManifest.openSample": () => openSample(context),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, act]) => vscode.commands.registerCommand(name, act)),
  );
}

async function showMenu(): Promise<void> {
  const entries = [
    { label: "$(tools) Build This Manifest", command: "sconeManifest.build" },
    { label: "$(checklist) Check the Workspace", command: "sconeManifest.checkWorkspace" },
    { label: "$(pulse) Check This Machine for Building", command: "sconeManifest.doctor" },
    { label: "$(question) Explain a Rule", command: "sconeManifest.explainRule" },
    { label: "$(output) Show Log", command: "sconeManifest.showLog" },
    { label: "$(refresh) Restart Server", command: "sconeManifest.restartServer" },
  ];
  const picked = await vscode.window.showQuickPick(entries, { title: "SCONE Manifests" });
  if (picked !== undefined) {
    await vscode.commands.executeCommand(picked.command);
  }
}

/** Build on the server, which checks first, shows progress, and puts failures under their words. */
async function build(service: Service, log: vscode.LogOutputChannel, given: unknown): Promise<void> {
  await withManifest(given, async (uri) => {
    const connection = await service.needed();
    log.show(true);
    await connection?.build([uri.toString()]);
  });
}

/** Show all problems; those of closed files come from the server, or else from its command line. */
async function checkWorkspace(service: Service): Promise<void> {
  const connection = await service.needed();
  if (connection !== undefined && !connection.checksWorkspace) {
    await runTasks(service, "check");
  }
  await vscode.commands.executeCommand("workbench.actions.view.problems");
}

/** Run a command of the server's program in each folder. */
async function runTasks(service: Service, command: string): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage("No program is run in a workspace that is not trusted.");
    return;
  }
  const program = await service.program();
  if (program !== undefined) {
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      await vscode.tasks.executeTask(task(program, { type: TYPE, command }, folder));
    }
  }
}

/** Act on the manifest of a menu's entry, or on the one in the active editor. */
async function withManifest(given: unknown, act: (uri: vscode.Uri) => Promise<void>): Promise<void> {
  const uri = given instanceof vscode.Uri ? given : activeManifest()?.uri;
  if (uri === undefined) {
    void vscode.window.showWarningMessage("There is no manifest in the active editor.");
    return;
  }
  await act(uri);
}

/** Open the sample of the walkthrough as a document that is not saved anywhere. */
async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const content = await readFile(context.asAbsolutePath(SAMPLE), "utf8");
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: LANGUAGE, content }));
}
