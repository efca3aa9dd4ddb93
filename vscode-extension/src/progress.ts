/** Progress that the server tells of, shown as a notification with a button that cancels. */

import * as vscode from "vscode";
import type { WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from "vscode-languageclient/node";

/** One after the other, whatever the server does under one token. */
export class ShownProgress {
  private report: ((message: string) => void) | undefined;
  private end: (() => void) | undefined;

  constructor(private readonly cancel: () => void) {}

  /** Show what the server tells. */
  take(told: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void {
    switch (told.kind) {
      case "begin":
        this.begin(told.title);
        break;
      case "report":
        this.report?.(told.message ?? "");
        break;
      case "end":
        this.done();
        break;
    }
  }

  /** Take away what is shown. */
  done(): void {
    this.end?.();
    this.report = this.end = undefined;
  }

  private begin(title: string): void {
    this.done();
    const ended = new Promise<void>((resolve) => (this.end = resolve));
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(this.cancel);
      this.report = (message) => {
        progress.report({ message });
      };
      return ended;
    });
  }
}
