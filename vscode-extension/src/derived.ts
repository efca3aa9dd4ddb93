/** Documents that the server makes of a manifest, to be read only: a template with its values, the plan of a build. */

import * as path from "node:path";

import * as vscode from "vscode";

import { LANGUAGE } from "./manifests";
import type { Service } from "./service";

const SCHEME = "scone-ls-derived";

/** What can be made of a manifest: the server's command, what it is called, and its language. */
interface Kind {
  readonly command: string;
  readonly name: string;
  readonly language: string;
}

export const RENDERED: Kind = { command: "scone-ls.render", name: "rendered", language: LANGUAGE };
export const PLAN: Kind = { command: "scone-ls.plan", name: "build plan", language: "plaintext" };
const KINDS: readonly Kind[] = [RENDERED, PLAN];

/** The derived documents; they follow their source as it is typed. */
export class Derived implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly service: Service) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        KINDS.map((kind) => derivedFrom(document.uri, kind)).forEach((uri) => {
          this.changed.fire(uri);
        });
      }),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const connection = await this.service.needed();
    const answer = (await connection?.execute(uri.fragment, [uri.query])) as Answer | undefined;
    if (answer?.text === undefined) {
      return `# ${answer?.refused ?? "The server is not running."}\n`;
    }
    return [...(answer.unset ?? []).map(({ message }) => `# ${message}\n`), answer.text].join("");
  }

  /** Show a derived document beside its source. */
  async show(source: vscode.Uri, kind: Kind): Promise<void> {
    const document = await this.opened(source, kind);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  /** Show how a derived document differs from its source. */
  async compare(source: vscode.Uri, kind: Kind): Promise<void> {
    const { uri } = await this.opened(source, kind);
    await vscode.commands.executeCommand("vscode.diff", source, uri, `${path.basename(source.path)} (${kind.name})`);
  }

  private async opened(source: vscode.Uri, kind: Kind): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(derivedFrom(source, kind));
    return vscode.languages.setTextDocumentLanguage(document, kind.language);
  }
}

/** What the server answers. */
interface Answer {
  readonly text?: string;
  readonly unset?: readonly { readonly message: string }[];
  readonly refused?: string;
}

function derivedFrom(source: vscode.Uri, { command, name }: Kind): vscode.Uri {
  const path = `${source.path.replace(/\.template$/, "")} (${name})`;
  return vscode.Uri.from({ scheme: SCHEME, path, query: source.toString(), fragment: command });
}
