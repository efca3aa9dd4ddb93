/**
 * The settings that the user made, of those that the server knows. Defaults are not among them: a project's own config
 * file gives way only to what was set on purpose.
 */

import * as vscode from "vscode";

const SECTION = "scone-ls";
const OF_THE_SERVER = "Checks and Builds";

/** Return the settings that were made for a resource, nested as the server wants them; nothing if there are none. */
export function settingsMade(context: vscode.ExtensionContext, scope: string | undefined): object | null {
  const resource = scope === undefined ? undefined : vscode.Uri.parse(scope);
  const configuration = vscode.workspace.getConfiguration(SECTION, resource);
  const made: Nested = {};
  for (const name of names(context)) {
    const value: unknown = isSet(configuration, name) ? configuration.get(name) : undefined;
    if (value !== undefined && value !== null && value !== "") {
      put(made, name.split("."), value);
    }
  }
  return Object.keys(made).length > 0 ? made : null;
}

type Nested = Record<string, unknown>;

interface Section {
  readonly title: string;
  readonly properties: object;
}

/** The names of the server's settings, as the extension's own description lists them. */
function names(context: vscode.ExtensionContext): string[] {
  const { contributes } = context.extension.packageJSON as { contributes: { configuration: readonly Section[] } };
  return contributes.configuration
    .filter(({ title }) => title === OF_THE_SERVER)
    .flatMap(({ properties }) => Object.keys(properties))
    .map((name) => name.slice(SECTION.length + 1));
}

function isSet(configuration: vscode.WorkspaceConfiguration, name: string): boolean {
  const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect(name) ?? {};
  return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
}

function put(target: Nested, [first = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[first] = value;
  } else {
    put((target[first] ??= {}) as Nested, rest, value);
  }
}
