/**
 * Which documents are manifests: those that say so in their first lines. Nothing else is known about manifests here.
 *
 * A document that another language claims by its file name (`*.yaml`) or that none claims (`*.template`) is switched
 * to our language as soon as its text says what it is; so other extensions for YAML leave it alone.
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

/** Switches documents to our language, now and whenever one is opened or changed. */
export function switchByContent(): vscode.Disposable {
  const settled = new Set<string>();
  const look = (document: vscode.TextDocument): void => {
    if (document.languageId === LANGUAGE) {
      settled.add(document.uri.toString());
    } else if (isCandidate(document, settled)) {
      settled.add(document.uri.toString());
      void vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    }
  };
  const forget = (document: vscode.TextDocument): void => {
    // A document is also closed, and opened again, when its language changes; then it is still among the open ones.
    setTimeout(() => {
      if (!vscode.workspace.textDocuments.some((open) => open.uri.toString() === document.uri.toString())) {
        settled.delete(document.uri.toString());
      }
    });
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument((event) => {
      look(event.document);
    }),
    vscode.workspace.onDidCloseTextDocument(forget),
  );
}

/** What was ours once and is not any more was switched by the user, who is right. */
function isCandidate(document: vscode.TextDocument, settled: ReadonlySet<string>): boolean {
  return (
    CANDIDATES.includes(document.languageId) &&
    SCHEMES.includes(document.uri.scheme) &&
    !settled.has(document.uri.toString()) &&
    SAYS_SO.test(document.getText(new vscode.Range(0, 0, LINES_LOOKED_AT, 0)))
  );
}
