/** Templates with their variables put in, as the server's `render` gives them, beside the source or compared with it. */

import * as path from "node:path";

import * as vscode from "vscode";

import { LANGUAGE } from "./manifests";
import { run } from "./server/program";
import type { Service } from "./service";

const SCHEME = "scone-ls-rendered";

/** Rendered templates as documents that can be read only; they follow the file as it is saved. */
export class Rendered implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly service: Service) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        this.changed.fire(renderedOf(uri));
      }),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const program = await this.service.program();
    if (program === undefined) {
      return "";
    }
    const source = vscode.Uri.parse(uri.query, true);
    const folder = vscode.workspace.getWorkspaceFolder(source)?.uri.fsPath ?? path.dirname(source.fsPath);
    const { code, output, errors } = await run(program, ["render", source.fsPath], folder);
    return code === 0 ? output : [errors, output].join("").replace(/^/gm, "# ");
  }

  /** Show the rendered form beside the source. */
  async show(source: vscode.Uri): Promise<void> {
    const document = await this.opened(source);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  /** Show what rendering changes. */
  async compare(source: vscode.Uri): Promise<void> {
    const document = await this.opened(source);
    const title = `${path.basename(source.fsPath)} (rendered)`;
    await vscode.commands.executeCommand("vscode.diff", source, document.uri, title);
  }

  private async opened(source: vscode.Uri): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(renderedOf(source));
    return vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  }
}

function renderedOf(source: vscode.Uri): vscode.Uri {
  const name = source.path.replace(/\.template$/, "");
  return vscode.Uri.from({ scheme: SCHEME, path: `${name} (rendered)`, query: source.toString() });
}
