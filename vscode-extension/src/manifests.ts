/**
 * Which documents are manifests: those that say so in their first lines, and those that the server takes for manifests.
 * Nothing else is known about manifests here.
 *
 * A document that another language claims by its file name (`*.yaml`) or that none claims (`*.template`) is switched
 * to our language as soon as it is known what it is; so other extensions for YAML leave it alone. Whoever has a document
 * in their language speaks about it, and nobody else.
 */

import * as vscode from "vscode";

export const LANGUAGE = "scone-manifest";

const SAYS_SO = /^apiVersion:[ \t]*["']?scone\//m;
const LINES_LOOKED_AT = 200;
const CANDIDATES: readonly string[] = ["yaml", "plaintext"];
const SCHEMES: readonly string[] = ["file", "untitled", "vscode-vfs"];

/** The documents that the server is told about. */
export const SELECTOR = SCHEMES.map((scheme) => ({ language: LANGUAGE, scheme }));

/** Whether this is a document of our language. */
export function isManifest(document: vscode.TextDocument): boolean {
  return document.languageId === LANGUAGE && SCHEMES.includes(document.uri.scheme);
}

/** Whether any open document is a manifest. */
export function isAnyOpen(): boolean {
  return vscode.workspace.textDocuments.some(isManifest);
}

/** The manifest in the active editor. */
export function activeManifest(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isManifest(document) ? document : undefined;
}

/** The document of a file or address, if it is open. */
export function opened(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** Whether a file is open in another language, so that others speak about it. */
export function isLeftToOthers(uri: vscode.Uri): boolean {
  const document = opened(uri);
  return document !== undefined && document.languageId !== LANGUAGE;
}

/** Switches documents to our language: now, whenever one is opened or changed, and when the server says so. */
export class Switch implements vscode.Disposable {
  private readonly settled = new Set<string>();
  private readonly listening: vscode.Disposable;

  constructor() {
    vscode.workspace.textDocuments.forEach((document) => {
      this.look(document);
    });
    this.listening = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.look(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.look(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.forget(document);
      }),
    );
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** Take a file for a manifest, although its text may not say so plainly. */
  confirm(uri: vscode.Uri): void {
    const document = opened(uri);
    if (document !== undefined && this.isOpenToUs(document)) {
      this.take(document);
    }
  }

  private look(document: vscode.TextDocument): void {
    if (document.languageId === LANGUAGE) {
      this.settled.add(document.uri.toString());
    } else if (this.isOpenToUs(document) && saysSo(document)) {
      this.take(document);
    }
  }

  private take(document: vscode.TextDocument): void {
    this.settled.add(document.uri.toString());
    void vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  }

  private forget({ uri }: vscode.TextDocument): void {
    // A document is also closed, and opened again, when its language changes; then it is still among the open ones.
    setTimeout(() => {
      if (opened(uri) === undefined) {
        this.settled.delete(uri.toString());
      }
    });
  }

  /** What was ours once and is not any more was switched by the user, who is right. */
  private isOpenToUs(document: vscode.TextDocument): boolean {
    return (
      CANDIDATES.includes(document.languageId) &&
      SCHEMES.includes(document.uri.scheme) &&
      !this.settled.has(document.uri.toString())
    );
  }
}

function saysSo(document: vscode.TextDocument): boolean {
  return SAYS_SO.test(document.getText(new vscode.Range(0, 0, LINES_LOOKED_AT, 0)));
}
