/**
 * The conversation with the server: starting it, ending it, and what is asked beyond what the library does by itself.
 *
 * The library registers the commands that the server offers, under the server's names; ours have other names.
 */

import * as vscode from "vscode";
import {
  ExecuteCommandRequest,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  vsdiag,
  WorkDoneProgress,
  WorkspaceSymbolRequest,
} from "vscode-languageclient/node";

import { isLeftToOthers, SELECTOR, type Switch } from "./manifests";
import { ShownProgress } from "./progress";
import type { Program } from "./server/program";

export const BUILD = "scone-ls.build";

/** One running server. */
export class Connection {
  private readonly client: LanguageClient;
  private readonly builds = new Set<vscode.CancellationTokenSource>();
  private count = 0;
  private readonly changed = new vscode.EventEmitter<void>();

  /** Told when the server starts or stops, and when a build begins or ends. */
  readonly onDidChange = this.changed.event;

  constructor(
    readonly program: Program,
    settings: (scope: string | undefined) => unknown,
    log: vscode.LogOutputChannel,
    manifests: Switch,
  ) {
    const server = { command: program.command, args: [...program.prefix, "serve"] };
    this.client = new LanguageClient("scone-ls", "SCONE Manifests", server, {
      documentSelector: SELECTOR,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: {
        executeCommand: (command, given: unknown[], next) =>
          command === BUILD ? this.build(given) : (next(command, given) as unknown),
        provideWorkspaceDiagnostics: (known, token, report, next) =>
          next(known, token, (part) => {
            report(part && { items: part.items.map((found) => shown(found, manifests)) });
          }),
        workspace: {
          configuration: (params) => params.items.map(({ scopeUri }) => settings(scopeUri)),
        },
      },
    });
    this.client.onDidChangeState(() => {
      this.changed.fire();
    });
  }

  /** Start the server; rejects if it does not start. */
  async start(): Promise<void> {
    await this.client.start();
  }

  /** End the server, and with it every build. */
  async dispose(): Promise<void> {
    this.cancelBuilds();
    await this.client.dispose();
    this.changed.dispose();
  }

  get isRunning(): boolean {
    return this.client.state === State.Running;
  }

  get isStarting(): boolean {
    return this.client.state === State.Starting;
  }

  get isBuilding(): boolean {
    return this.builds.size > 0;
  }

  /** Whether the server tells of files that are not open as well. */
  get checksWorkspace(): boolean {
    const provider = this.client.initializeResult?.capabilities.diagnosticProvider;
    return provider?.workspaceDiagnostics === true;
  }

  /** Ask for all names in the workspace; nothing if the server does not offer that. */
  async names(): Promise<readonly vscode.SymbolInformation[]> {
    if (!this.isRunning || !this.client.initializeResult?.capabilities.workspaceSymbolProvider) {
      return [];
    }
    const found = (await this.client.sendRequest(WorkspaceSymbolRequest.type, { query: "" })) ?? [];
    return found.map((one) => this.client.protocol2CodeConverter.asSymbolInformation(one));
  }

  /** Run one of the server's commands, of those that do not build. */
  async execute(command: string, given: readonly unknown[]): Promise<unknown> {
    return this.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [...given] as never[] });
  }

  /** End all builds; the server ends their processes. */
  cancelBuilds(): void {
    for (const build of this.builds) {
      build.cancel();
    }
  }

  /**
   * Build as the server does it, of what is saved, and never in a workspace that is not trusted.
   *
   * @param given the manifest's URI, and maybe options
   */
  async build(given: readonly unknown[]): Promise<unknown> {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage("Nothing is built in a workspace that is not trusted.");
      return undefined;
    }
    await vscode.workspace.saveAll(false);
    const result = await this.buildOnce(given);
    const [uri, options] = given;
    return isDoubtful(result) && (await insists(uri))
      ? this.buildOnce([uri, { ...(options as object | undefined), force: true }])
      : result;
  }

  private async buildOnce(given: readonly unknown[]): Promise<unknown> {
    const cancellation = new vscode.CancellationTokenSource();
    const progress = new ShownProgress(() => {
      cancellation.cancel();
    });
    const workDoneToken = `build-${String(++this.count)}`;
    const told = this.client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      progress.take(value);
    });
    this.builds.add(cancellation);
    this.changed.fire();
    try {
      const params = { command: BUILD, arguments: [...given] as never[], workDoneToken };
      return await this.client.sendRequest(ExecuteCommandRequest.type, params, cancellation.token);
    } catch (error) {
      if (!cancellation.token.isCancellationRequested) {
        throw error;
      }
      void vscode.window.showInformationMessage("The build was cancelled.");
      return undefined;
    } finally {
      told.dispose();
      progress.done();
      this.builds.delete(cancellation);
      cancellation.dispose();
      this.changed.fire();
    }
  }
}

/**
 * What is shown of what the server found in a file that may not be open: all, unless the file is open in another
 * language. One that is open and could have been taken for a manifest by the server only becomes one.
 */
function shown(
  found: vsdiag.WorkspaceDocumentDiagnosticReport,
  manifests: Switch,
): vsdiag.WorkspaceDocumentDiagnosticReport {
  const { kind, uri, version } = found;
  if (kind === vsdiag.DocumentDiagnosticReportKind.unChanged || found.items.length > 0) {
    manifests.confirm(uri);
  }
  return isLeftToOthers(uri) ? { kind: vsdiag.DocumentDiagnosticReportKind.full, uri, version, items: [] } : found;
}

/** Whether the server refused to build, and would not if the user insists. */
function isDoubtful(result: unknown): boolean {
  return typeof result === "object" && result !== null && "doubtful" in result && result.doubtful === true;
}

async function insists(uri: unknown): Promise<boolean> {
  const button = "Build Anyway";
  const question = `Build ${vscode.workspace.asRelativePath(vscode.Uri.parse(String(uri)))} all the same?`;
  return (await vscode.window.showWarningMessage(question, button)) === button;
}
