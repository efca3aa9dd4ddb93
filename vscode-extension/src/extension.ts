/**
 * The extension: finds and starts the server, and gives the editor what only an extension can give. What a manifest
 * may hold is known by the server alone.
 */

import * as vscode from "vscode";

import { MENU, registerCommands } from "./commands";
import { Derived } from "./derived";
import { Leftovers } from "./leftovers";
import { isAnyOpen, isManifest, Switch } from "./manifests";
import { provideRules } from "./rules";
import { Service } from "./service";
import { showStatus } from "./status";
import { offerTasks } from "./tasks";
import { showTree } from "./tree";

let service: Service | undefined;

/** Called by the editor when the first document that may be a manifest is opened. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("SCONE Manifests", { log: true });
  const manifests = new Switch();
  const started = new Service(context, log, manifests);
  const derived = new Derived(started);
  service = started;
  context.subscriptions.push(
    log,
    manifests,
    new Leftovers(log),
    startWhenNeeded(started),
    showStatus(started, MENU),
    showTree(started),
    offerTasks(started),
    provideRules(started),
    derived.register(),
    registerCommands(context, started, derived, log),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("scone-ls.server.path")) {
        void started.restart();
      }
    }),
  );
}

/** Called by the editor before it ends. */
export async function deactivate(): Promise<void> {
  await service?.stop();
}

function startWhenNeeded(started: Service): vscode.Disposable {
  if (isAnyOpen()) {
    void started.needed();
  }
  return vscode.workspace.onDidOpenTextDocument((document) => {
    if (isManifest(document)) {
      void started.needed();
    }
  });
}
