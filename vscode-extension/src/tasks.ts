/** Tasks: building a manifest and checking folders, by the server's own command line. */

import * as vscode from "vscode";

import { activeManifest } from "./manifests";
import type { Program } from "./server/program";
import type { Service } from "./service";

export const TYPE = "scone-ls";
const MATCHER = "$scone-ls";

interface Definition extends vscode.TaskDefinition {
  readonly type: typeof TYPE;
  /** A command of the server's program. */
  readonly command: string;
  /** What follows it. */
  readonly args?: readonly string[];
}

/** Offer tasks to build the active manifest and to check each folder; none in a workspace that is not trusted. */
export function offerTasks(service: Service): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    async provideTasks(): Promise<vscode.Task[]> {
      const program = vscode.workspace.isTrusted ? await service.program() : undefined;
      return program === undefined ? [] : [...building(program), ...checking(program)];
    },
    async resolveTask(given): Promise<vscode.Task | undefined> {
      const program = vscode.workspace.isTrusted ? await service.program() : undefined;
      return program && task(program, given.definition as Definition, given.scope);
    },
  });
}

/** A task that runs a command of the server's program in a folder. */
export function task(
  program: Program,
  definition: Definition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope = vscode.TaskScope.Workspace,
): vscode.Task {
  const { command, args = [] } = definition;
  const options = typeof scope === "object" ? { cwd: scope.uri.fsPath } : {};
  const execution = new vscode.ProcessExecution(program.command, [...program.prefix, command, ...args], options);
  const made = new vscode.Task(definition, scope, [command, ...args].join(" "), "scone-ls", execution, MATCHER);
  if (command === "build") {
    made.group = vscode.TaskGroup.Build;
  }
  made.presentationOptions = { clear: true, showReuseMessage: false };
  return made;
}

function building(program: Program): vscode.Task[] {
  const manifest = activeManifest();
  const folder = manifest && vscode.workspace.getWorkspaceFolder(manifest.uri);
  return manifest === undefined || folder === undefined
    ? []
    : [
        task(
          program,
          { type: TYPE, command: "build", args: [vscode.workspace.asRelativePath(manifest.uri, false)] },
          folder,
        ),
      ];
}

function checking(program: Program): vscode.Task[] {
  return (vscode.workspace.workspaceFolders ?? []).map((folder) =>
    task(program, { type: TYPE, command: "check" }, folder),
  );
}
