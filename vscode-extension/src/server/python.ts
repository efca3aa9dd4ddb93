/** Finds a Python that the server can run on. The Python extension is asked if it is there, and never required. */

import * as vscode from "vscode";

import { type Program, run } from "./program";

export const OLDEST = "3.11";

const NAMES =
  process.platform === "win32"
    ? ["py", "python", "python3"]
    : ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"];
const IS_NEW_ENOUGH = `import sys; sys.exit(sys.version_info < (${OLDEST.replace(".", ", ")}))`;

/** Return the first Python that is new enough. */
export async function findPython(): Promise<Program | undefined> {
  for (const command of [await chosenInPythonExtension(), ...NAMES]) {
    if (command !== undefined) {
      const python = { command, prefix: [] };
      if (await isNewEnough(python)) {
        return python;
      }
    }
  }
  return undefined;
}

/** Whether this is a Python, and not too old. */
export async function isNewEnough(python: Program): Promise<boolean> {
  try {
    return (await run(python, ["-I", "-c", IS_NEW_ENOUGH])).code === 0;
  } catch {
    return false;
  }
}

async function chosenInPythonExtension(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  if (extension === undefined || !vscode.workspace.isTrusted) {
    return undefined;
  }
  try {
    const { environments } = await extension.activate();
    return (await environments.resolveEnvironment(environments.getActiveEnvironmentPath()))?.executable.uri?.fsPath;
  } catch {
    return undefined;
  }
}

/** The part of the Python extension's interface that is used. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(): unknown;
    resolveEnvironment(
      environment: unknown,
    ): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}
