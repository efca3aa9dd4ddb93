/** Explains rules: the pages that the server has of them, shown as Markdown. */

import * as vscode from "vscode";

import { type Program, run } from "./server/program";
import type { Service } from "./service";

const SCHEME = "scone-ls-rule";
const SOURCE = "scone-ls";

interface Rule {
  readonly code: string;
  readonly severity: string;
  readonly group: string;
  readonly summary: string;
  readonly explanation: string;
}

/** Provide the pages as documents that can be read only. */
export function provideRules(service: Service): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri): Promise<string> {
      const code = uri.path.replace(/^\/|\.md$/g, "");
      const rule = (await rules(service)).find((one) => one.code === code);
      return rule === undefined
        ? `There is no rule \`${code}\`.`
        : `# ${rule.code}\n\n*${rule.severity}, ${rule.group}*\n\n${rule.explanation}\n`;
    },
  });
}

/** Let the user choose a rule, the one at the cursor first, and show its page. */
export async function explainRule(service: Service, given?: unknown): Promise<void> {
  const code = typeof given === "string" ? given : await chosen(service);
  if (code !== undefined) {
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${code}.md` });
    await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
  }
}

async function chosen(service: Service): Promise<string | undefined> {
  const here = codesAtCursor();
  const items = (await rules(service)).map((rule) => ({
    label: rule.code,
    description: here.has(rule.code) ? `${rule.severity}, at the cursor` : rule.severity,
    detail: rule.summary,
  }));
  items.sort((one, other) => Number(here.has(other.label)) - Number(here.has(one.label)));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Explain a Rule",
    placeHolder: "The code of a diagnostic",
    matchOnDetail: true,
  });
  return picked?.label;
}

function codesAtCursor(): ReadonlySet<string> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return new Set();
  }
  const { line } = editor.selection.active;
  const found = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((one) => one.source === SOURCE && one.range.start.line <= line && line <= one.range.end.line);
  return new Set(found.map(({ code }) => String(typeof code === "object" ? code.value : code)));
}

/** The rules of each server, asked for once. */
const asked = new WeakMap<Program, Promise<readonly Rule[]>>();

async function rules(service: Service): Promise<readonly Rule[]> {
  const program = await service.program();
  if (program === undefined) {
    return [];
  }
  const found = asked.get(program) ?? listed(program);
  asked.set(program, found);
  return found;
}

async function listed(program: Program): Promise<readonly Rule[]> {
  return JSON.parse((await run(program, ["rule", "--output-format", "json"])).output) as readonly Rule[];
}
