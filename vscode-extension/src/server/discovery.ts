/**
 * Finds the server: the one that the settings name, the frozen one of this installation, or the private environment.
 * When nothing fits, there is one message with one button that mends it.
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

/** Why there is no server, and what the user can do about it. */
export interface Remedy {
  readonly message: string;
  readonly button: string;
  /** What the button does; returns the server if that is all it took. */
  readonly act: () => Promise<Found | undefined>;
}

/** A server, or why there is none. */
export type Found = Program | Remedy;

/** Return the server, or what the user has to do first. */
export async function findServer(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<Found> {
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
async function named(chosen: string): Promise<Found> {
  const command = chosen.replace(/^~(?=[/\\])/, homedir());
  const isPath = /[/\\]/.test(command);
  if (!isPath || (path.isAbsolute(command) && (await isFile(command)))) {
    return { command, prefix: [] };
  }
  const cause = path.isAbsolute(command) ? "is not there" : "is not an absolute path";
  return {
    message: `The server for SCONE manifests, ${command}, ${cause}.`,
    button: "Open Setting",
    act: openSetting,
  };
}

/** Make the private environment: without a question if it was wanted for an earlier version. */
async function setUp(environment: Environment, log: vscode.LogOutputChannel): Promise<Found> {
  if (!(await environment.canBeMade())) {
    return {
      message: "This installation holds no server for SCONE manifests.",
      button: "Name One in the Settings",
      act: openSetting,
    };
  }
  const python = await findPython();
  if (python === undefined) {
    return {
      message: `The server for SCONE manifests needs Python ${OLDEST} or later, and none was found.`,
      button: "Choose a Python…",
      act: async () => {
        const files = await vscode.window.showOpenDialog({ title: `A Python, ${OLDEST} or later` });
        return files?.[0] && make(environment, { command: files[0].fsPath, prefix: [] }, log);
      },
    };
  }
  return (await environment.isWanted())
    ? make(environment, python, log)
    : {
        message: `The server for SCONE manifests has to be set up once, with ${python.command}; that takes a few seconds.`,
        button: "Set Up",
        act: () => make(environment, python, log),
      };
}

async function make(environment: Environment, python: Program, log: vscode.LogOutputChannel): Promise<Found> {
  try {
    if (!(await isNewEnough(python))) {
      throw new Error(`${python.command} is no Python, or older than ${OLDEST}`);
    }
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: "Setting up the server for SCONE manifests" },
      () => environment.make(python, log),
    );
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    log.error(cause);
    return {
      message: `The server for SCONE manifests could not be set up: ${cause}.`,
      button: "Show Log",
      act: () => {
        log.show();
        return Promise.resolve(undefined);
      },
    };
  }
}

async function openSetting(): Promise<undefined> {
  await vscode.commands.executeCommand("workbench.action.openSettings", `scone-ls.${SETTING}`);
}

async function isFile(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
