/**
 * What another extension for YAML says late of a document that is ours already.
 *
 * Its server may be looking at a document when that is switched to our language. It says what it found all the same, and
 * never takes it back, as for it the document is closed by then. It takes everything back when the document is closed
 * once more; so it is made YAML again for a moment.
 */

import * as vscode from "vscode";

import { isManifest, LANGUAGE, opened } from "./manifests";

/** What `yaml-language-server` calls itself: `YAML`, or `yaml-schema: …`. */
const THEIRS = /^yaml(-schema\b.*)?$/i;

/** Milliseconds in which it may take back by itself what it said before the document was ours; each time twice as many. */
const GRACE = 300;

/** Times for one document; whoever still speaks then does not look after YAML only, and can't be silenced. */
const MOST = 4;

/** Takes away what another extension for YAML says of manifests, now and as long as this is not disposed of. */
export class Leftovers implements vscode.Disposable {
  private readonly times = new Map<string, number>();
  private readonly waiting = new Set<string>();
  private readonly listening: vscode.Disposable;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.listening = vscode.Disposable.from(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        uris.forEach((uri) => {
          this.look(uri);
        });
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // A document is also closed, and opened again, when its language changes.
        setTimeout(() => {
          if (opened(uri) === undefined) {
            this.times.delete(uri.toString());
          }
        });
      }),
    );
  }

  dispose(): void {
    this.listening.dispose();
  }

  private look(uri: vscode.Uri): void {
    const key = uri.toString();
    if (!this.waiting.has(key) && (this.times.get(key) ?? 0) <= MOST && leftOver(uri) !== undefined) {
      this.waiting.add(key);
      setTimeout(
        () => {
          this.waiting.delete(key);
          void this.takeAway(uri);
        },
        GRACE * 2 ** (this.times.get(key) ?? 0),
      );
    }
  }

  private async takeAway(uri: vscode.Uri): Promise<void> {
    const document = leftOver(uri);
    if (document === undefined) {
      return;
    }
    const times = (this.times.get(uri.toString()) ?? 0) + 1;
    this.times.set(uri.toString(), times);
    if (times > MOST) {
      this.log.warn(`another extension for YAML looks after manifests as well: ${uri.path}`);
    } else {
      this.log.info(`what another extension for YAML said late is taken away: ${uri.path}`);
      await vscode.languages.setTextDocumentLanguage(document, "yaml");
      await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    }
  }
}

/** The document, if it is ours and another extension says something of it. */
function leftOver(uri: vscode.Uri): vscode.TextDocument | undefined {
  const said = vscode.languages.getDiagnostics(uri).some(({ source }) => source !== undefined && THEIRS.test(source));
  const document = said ? opened(uri) : undefined;
  return document !== undefined && isManifest(document) ? document : undefined;
}
