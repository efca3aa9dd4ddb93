/** The item in the status bar: the server's condition, and how much is wrong in the manifests. */

import * as vscode from "vscode";

import { isAnyOpen, isManifest } from "./manifests";
import { Condition, type Service } from "./service";

const ICONS: Readonly<Record<Condition, string>> = {
  [Condition.Asleep]: "$(circle-outline)",
  [Condition.Starting]: "$(loading~spin)",
  [Condition.Ready]: "$(shield)",
  [Condition.Building]: "$(sync~spin)",
  [Condition.Missing]: "$(warning)",
  [Condition.Failed]: "$(error)",
};

/** Show the item while a manifest is open. */
export function showStatus(service: Service, menu: string): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("status", vscode.StatusBarAlignment.Left, 0);
  item.name = "SCONE Manifests";
  item.command = menu;
  const update = (): void => {
    const { condition } = service;
    const counts = condition === Condition.Ready || condition === Condition.Building ? counted() : "";
    item.text = `${ICONS[condition]} SCONE${counts}`;
    item.tooltip = `SCONE manifests: the server is ${condition}`;
    item.accessibilityInformation = { label: item.tooltip };
    item.backgroundColor =
      condition === Condition.Missing || condition === Condition.Failed
        ? new vscode.ThemeColor("statusBarItem.warningBackground")
        : undefined;
    if (isAnyOpen() || condition === Condition.Building) {
      item.show();
    } else {
      item.hide();
    }
  };
  update();
  return vscode.Disposable.from(
    item,
    service.onDidChange(update),
    vscode.languages.onDidChangeDiagnostics(update),
    vscode.workspace.onDidOpenTextDocument(update),
    vscode.workspace.onDidCloseTextDocument(update),
  );
}

/** The errors and warnings in open manifests. */
function counted(): string {
  const all = vscode.workspace.textDocuments
    .filter(isManifest)
    .flatMap((document) => vscode.languages.getDiagnostics(document.uri));
  const count = (severity: vscode.DiagnosticSeverity): number => all.filter((one) => one.severity === severity).length;
  const errors = count(vscode.DiagnosticSeverity.Error);
  const warnings = count(vscode.DiagnosticSeverity.Warning);
  return errors + warnings === 0 ? " $(check)" : ` $(error) ${String(errors)} $(warning) ${String(warnings)}`;
}
