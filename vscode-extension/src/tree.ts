/**
 * The view of the workspace: what is named in its manifests, sorted by what it is. All of it comes from the server's
 * list of names: a group is a kind of symbol, and a mesh is a file that declares services and no program of its own.
 */

import * as vscode from "vscode";

import { isManifest } from "./manifests";
import type { Service } from "./service";

const PAUSE = 500; // milliseconds without a change before the names are asked for again
const SERVICE = vscode.SymbolKind.Class;
const PROGRAM = vscode.SymbolKind.Module;

/** An entry of the view. */
interface Entry {
  readonly label: string;
  readonly icon: string;
  readonly description: string;
  readonly children: readonly Entry[];
  readonly location?: vscode.Location;
}

type Names = readonly vscode.SymbolInformation[];

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
    vscode.workspace.onDidSaveTextDocument(later),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isManifest(document)) {
        later();
      }
    }),
  );
}

class Tree implements vscode.TreeDataProvider<Entry> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly service: Service) {}

  renew(): void {
    this.changed.fire();
  }

  async getChildren(parent?: Entry): Promise<Entry[]> {
    if (parent !== undefined) {
      return [...parent.children];
    }
    const connection = await this.service.needed();
    const names = (await connection?.names()) ?? [];
    return [
      group("Meshes", "type-hierarchy", meshes(names)),
      group("Services", "server-process", of(PROGRAM, names)),
      group("Secrets", "key", of(vscode.SymbolKind.Constant, names)),
      group("Images", "package", of(vscode.SymbolKind.Package, names).map(shortened)),
    ].filter(({ children }) => children.length > 0);
  }

  getTreeItem({ label, icon, description, children, location }: Entry): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, children.length === 0 ? None : location === undefined ? Expanded : Collapsed);
    item.description = description;
    if (icon !== "") {
      item.iconPath = new vscode.ThemeIcon(icon);
    }
    if (location !== undefined) {
      item.tooltip = `${vscode.workspace.asRelativePath(location.uri)}:${String(location.range.start.line + 1)}`;
      item.command = {
        title: "Open",
        command: "vscode.open",
        arguments: [location.uri, { selection: location.range }],
      };
    }
    return item;
  }
}

function group(label: string, icon: string, children: readonly Entry[]): Entry {
  return { label, icon, description: String(children.length), children };
}

/** The files that declare services without being one, each with its services. */
function meshes(names: Names): Entry[] {
  const files = new Map<string, vscode.SymbolInformation[]>();
  for (const name of names) {
    const file = name.location.uri.toString();
    files.set(file, [...(files.get(file) ?? []), name]);
  }
  return [...files.values()].flatMap((named) => {
    const [first] = named.filter(({ kind }) => kind === SERVICE);
    if (first === undefined || named.some(({ kind }) => kind === PROGRAM)) {
      return [];
    }
    const { uri } = first.location;
    const location = new vscode.Location(uri, new vscode.Position(0, 0));
    return [{ label: vscode.workspace.asRelativePath(uri), icon: "", description: "", children: of(SERVICE, named), location }];
  });
}

/** The names of a kind, in alphabetical order. */
function of(wanted: vscode.SymbolKind, names: Names): Entry[] {
  return names
    .filter(({ kind }) => kind === wanted)
    .map(({ name, containerName, location }) => ({
      label: name,
      icon: "",
      description: wanted === PROGRAM ? vscode.workspace.asRelativePath(location.uri) : containerName,
      children: [],
      location,
    }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

/** An image with its registry behind its name, as the names of a workspace often begin the same. */
function shortened(image: Entry): Entry {
  const end = image.label.indexOf("/");
  return end < 0
    ? image
    : { ...image, label: image.label.slice(end + 1), description: image.label.slice(0, end) };
}
