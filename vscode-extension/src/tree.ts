/**
 * The view of the workspace: what is named in its manifests, sorted by what it is. All of it comes from the server's
 * list of names; a group is a kind of symbol.
 */

import * as vscode from "vscode";

import { isManifest } from "./manifests";
import type { Service } from "./service";

interface Group {
  readonly title: string;
  readonly icon: string;
  readonly kinds: readonly vscode.SymbolKind[];
}

const GROUPS: readonly Group[] = [
  { title: "Meshes", icon: "type-hierarchy", kinds: [vscode.SymbolKind.Module, vscode.SymbolKind.Namespace] },
  { title: "Services", icon: "server-process", kinds: [vscode.SymbolKind.Class, vscode.SymbolKind.Interface] },
  { title: "Secrets", icon: "key", kinds: [vscode.SymbolKind.Key] },
  { title: "Images", icon: "package", kinds: [vscode.SymbolKind.Package, vscode.SymbolKind.File] },
];
const PAUSE = 500; // milliseconds without a change before the names are asked for again

type Node = Group | vscode.SymbolInformation;

/** Show the view, which follows the manifests. */
export function showTree(service: Service): vscode.Disposable {
  const tree = new Tree(service);
  const view = vscode.window.createTreeView("sconeManifest.workspace", { treeDataProvider: tree, showCollapseAll: true });
  let pause: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (view.visible) {
        tree.renew();
      }
    }, PAUSE);
  };
  return vscode.Disposable.from(
    view,
    service.onDidChange(later),
    view.onDidChangeVisibility(later),
    vscode.workspace.onDidChangeWorkspaceFolders(later),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isManifest(document)) {
        later();
      }
    }),
    vscode.workspace.onDidSaveTextDocument(later),
  );
}

class Tree implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  private names: readonly vscode.SymbolInformation[] = [];
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly service: Service) {}

  renew(): void {
    this.changed.fire();
  }

  async getChildren(parent?: Node): Promise<Node[]> {
    if (parent === undefined) {
      const connection = await this.service.needed();
      this.names = (await connection?.names(new vscode.CancellationTokenSource().token)) ?? [];
      return GROUPS.filter((group) => this.in(group).length > 0);
    }
    return "kinds" in parent ? this.in(parent) : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ("kinds" in node) {
      const item = new vscode.TreeItem(node.title, vscode.TreeItemCollapsibleState.Expanded);
      item.id = node.title;
      item.description = String(this.in(node).length);
      item.iconPath = new vscode.ThemeIcon(node.icon);
      return item;
    }
    const item = new vscode.TreeItem(node.name);
    const file = vscode.workspace.asRelativePath(node.location.uri);
    item.description = node.containerName === "" ? file : node.containerName;
    item.tooltip = `${file}:${String(node.location.range.start.line + 1)}`;
    item.command = {
      title: "Open",
      command: "vscode.open",
      arguments: [node.location.uri, { selection: node.location.range }],
    };
    return item;
  }

  private in(group: Group): vscode.SymbolInformation[] {
    return this.names
      .filter((name) => group.kinds.includes(name.kind))
      .sort((one, other) => one.name.localeCompare(other.name));
  }
}
