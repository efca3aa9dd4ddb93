/**
 * Finds the server: the one that the settings name, the frozen one of this installation, or the private environment.
 * When nothing fits, one message with one button mends it.
 */

import { access } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";

import * as vscode from "vscode";

import { Environment } from "./environment";
import type { Program } from "./program";
import { findPython, isNewEnough, OLDEST } from "./python";

const SETTING = "server.path";
const FROZEN = path.join("server", process.platform === "win32" ? "scone-ls.exe" : "scone-ls");

/** Return the server, or nothing where the user has to act first and did not. */
export async function findServer(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<Program | undefined> {
  const chosen = vscode.workspace.getConfiguration("scone-ls").get<string>(SETTING, "").trim();
  if (chosen !== "") {
    return named(chosen);
  }
  const frozen = context.asAbsolutePath(FROZEN);
  if (await isFile(frozen)) {
    return { command: frozen, prefix: [] };
  }
  const environment = new Environment(context);
  return (await environment.program()) ?? (await setUp(environment, log));
}

/** The server that the setting names: a path, which has to exist, or a name on PATH. */
async function named(chosen: string): Promise<Program | undefined> {
  const command = chosen.replace(/^~(?=[/\\])/, homedir());
  const isPath = /[/\\]/.test(command);
  if (!isPath || (path.isAbsolute(command) && (await isFile(command)))) {
    return { command, prefix: [] };
  }
  const cause = path.isAbsolute(command) ? "is not there" : "is not an absolute path";
  await offer(`The server for SCONE manifests, ${command}, ${cause}.`, "Open Setting", () =>
    vscode.commands.executeCommand("workbench.action.openSettings", `scone-ls.${SETTING}`),
  );
  return undefined;
}

/** Make the private environment: without a question if it was wanted for an earlier version. */
async function setUp(environment: Environment, log: vscode.LogOutputChannel): Promise<Program | undefined> {
  if (!(await environment.canBeMade())) {
    await offer("This installation holds no server for SCONE manifests.", "Name One in the Settings", () =>
      vscode.commands.executeCommand("workbench.action.openSettings", `scone-ls.${SETTING}`),
    );
    return undefined;
  }
  const python = await findPython();
  if (python === undefined) {
    return offer(
      `The server for SCONE manifests needs Python ${OLDEST} or later, and none was found.`,
      "Choose a Python…",
      async () => {
        const files = await vscode.window.showOpenDialog({ title: `A Python, ${OLDEST} or later` });
        return files?.[0] && make(environment, { command: files[0].fsPath, prefix: [] }, log);
      },
    );
  }
  if (await environment.isWanted()) {
    return make(environment, python, log);
  }
  return offer(
    `The server for SCONE manifests has to be set up once, with ${python.command}; that takes a few seconds.`,
    "Set Up",
    () => make(environment, python, log),
  );
}

async function make(
  environment: Environment,
  python: Program,
  log: vscode.LogOutputChannel,
): Promise<Program | undefined> {
  try {
    if (!(await isNewEnough(python))) {
      throw new Error(`${python.command} is no Python, or older than ${OLDEST}`);
    }
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: "Setting up the server for SCONE manifests" },
      () => environment.make(python, log),
    );
    return await environment.program();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    log.error(cause);
    await offer(`The server for SCONE manifests could not be set up: ${cause}.`, "Show Log", () => {
      log.show();
    });
    return undefined;
  }
}

/** Show a message with one button; what the button does is the answer. */
async function offer<T>(message: string, button: string, act: () => T): Promise<Awaited<T> | undefined> {
  return (await vscode.window.showWarningMessage(message, button)) === button ? await act() : undefined;
}

async function isFile(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
