/** Tests that run inside the real extension host, against the installed extension and its server. */

import * as assert from "node:assert/strict";

import * as vscode from "vscode";

const ID = "scone-ls.scone-ls";
const LANGUAGE = "scone-manifest";
const PATIENCE = 20_000; // milliseconds
const LOOKED_AT_AFTER = 200; // milliseconds until the server of the extension for YAML looks at what was opened or typed
const PULLED_EVERY = 2_000; // milliseconds between two requests for what is wrong in the whole workspace

type Test = () => Promise<void>;
const tests: Record<string, Test> = {
  async "the first diagnostic comes soon after a manifest is opened"() {
    const begin = Date.now();
    const document = await opened("faulty/manifest.yaml");
    await until(() => sourcesOf(document.uri).includes("scone-ls"));
    const spent = String(Date.now() - begin);
    console.log(`note first diagnostic ${spent} ms after opening, with activation and the server's start`);
    const found = vscode.languages.getDiagnostics(document.uri);
    const [first] = found.filter(({ code }) => codeOf(code) === "unknown-value");
    assert.equal(first && document.getText(first.range), "pyton");
    assert.equal(first?.source, "scone-ls");
  },

  async "a manifest has our language, other YAML keeps its own"() {
    assert.equal((await manifest("faulty/manifest.yaml")).languageId, LANGUAGE);
    assert.equal((await opened("other.yaml")).languageId, "yaml");
    assert.equal((await opened("note.txt")).languageId, "plaintext");
    assert.equal((await manifest("templates/service.yaml.template")).languageId, LANGUAGE);
  },

  async "a document becomes a manifest when its text says so"() {
    const { uri } = await vscode.workspace.openTextDocument({ language: "yaml", content: "kind: mesh\n" });
    await type(uri, new vscode.Position(0, 0), "apiVersion: scone/5.8\n");
    await until(() => languageOf(uri) === LANGUAGE);
  },

  async "who sets the language by hand is right"() {
    const document = await manifest("guestbook/mesh.yaml");
    await vscode.languages.setTextDocumentLanguage(document, "yaml");
    await type(document.uri, new vscode.Position(0, 0), "# \n");
    await pause(300);
    assert.equal(languageOf(document.uri), "yaml");
    await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  },

  async "another extension for YAML is silent in manifests"() {
    const other = await opened("other.yaml");
    await until(() => sourcesOf(other.uri).some(isOfAnother));
    const document = await manifest("faulty/manifest.yaml");
    await until(() => sourcesOf(document.uri).length > 0);
    assert.deepEqual([...new Set(sourcesOf(document.uri))], ["scone-ls"]);
    const labels = await completionsAt(document, new vscode.Position(3, 0));
    assert.deepEqual(labels, [...new Set(labels)]);
  },

  async "a manifest that another language claims by its name is left to that"() {
    await manifest("faulty/manifest.yaml");
    const { uri, languageId } = await opened("compose.yaml");
    assert.equal(languageId, "dockercompose");
    await until(() => sourcesOf(uri).some(isOfAnother));
    await pause(PULLED_EVERY + 500);
    assert.deepEqual(sourcesOf(uri).filter((source) => !isOfAnother(source)), []);
  },

  async "a manifest that is made YAML by hand is left to another extension"() {
    const document = await manifest("faulty/manifest.yaml");
    await until(() => sourcesOf(document.uri).includes("scone-ls"));
    await vscode.languages.setTextDocumentLanguage(document, "yaml");
    await until(() => sourcesOf(document.uri).some(isOfAnother));
    await pause(PULLED_EVERY + 500);
    assert.deepEqual(sourcesOf(document.uri).filter((source) => !isOfAnother(source)), []);
    await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    await until(() => sourcesOf(document.uri).includes("scone-ls"));
    assert.deepEqual(sourcesOf(document.uri).filter(isOfAnother), []);
  },

  async "what another extension says of a document when it is ours already goes away"() {
    const { uri } = await opened("late.yml");
    await pause(LOOKED_AT_AFTER + 300);
    await type(uri, new vscode.Position(0, 0), "apiVersion: scone/5.8\nkind: genservice\n");
    await until(() => languageOf(uri) === LANGUAGE);
    await until(() => sourcesOf(uri).some(isOfAnother));
    await until(() => !sourcesOf(uri).some(isOfAnother));
    await until(() => languageOf(uri) === LANGUAGE && sourcesOf(uri).includes("scone-ls"));
  },

  async "what the server takes for a manifest becomes one in the editor"() {
    await manifest("faulty/manifest.yaml");
    const { uri } = await manifest("misspelt.yaml");
    await until(() => sourcesOf(uri).includes("scone-ls"));
    assert.deepEqual(sourcesOf(uri).filter(isOfAnother), []);
  },

  async "hover, completion, fixes and symbols are there"() {
    const document = await manifest("faulty/manifest.yaml");
    const at = document.positionAt(document.getText().indexOf("pyton"));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      document.positionAt(document.getText().indexOf("environment")),
    );
    assert.equal(hovers.length, 1);
    assert.ok((await completionsAt(document, at)).includes("python"));
    const range = new vscode.Range(at, at.translate(0, 5));
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      range,
    );
    assert.ok(fixes.some(({ title, isPreferred }) => title.includes("python") && isPreferred === true));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    assert.ok(symbols.some(({ name }) => name === "secrets"));
  },

  async "a setting takes effect, and goes back"() {
    const document = await manifest("faulty/manifest.yaml");
    const has = (): boolean => vscode.languages.getDiagnostics(document.uri).some(({ code }) => codeOf(code) === "unknown-value");
    await until(has);
    const settings = vscode.workspace.getConfiguration("scone-ls");
    await settings.update("severity", { "unknown-value": "off" }, vscode.ConfigurationTarget.Workspace);
    await until(() => !has());
    await settings.update("severity", undefined, vscode.ConfigurationTarget.Workspace);
    await until(has);
  },

  async "a rule is explained"() {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("scone-ls-rule:/unknown-key.md"));
    assert.match(page.getText(), /^# unknown-key\n/);
    assert.match(page.getText(), /Use instead/);
  },

  async "every command is there, once"() {
    const extension = vscode.extensions.getExtension(ID);
    const { contributes } = extension?.packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const known = await vscode.commands.getCommands(true);
    for (const { command } of contributes.commands) {
      assert.equal(known.filter((one) => one === command).length, 1, command);
    }
    assert.ok(known.includes("scone-ls.build"), "the server's own command");
  },

  async "there are tasks to build and to check"() {
    await manifest("faulty/manifest.yaml");
    const found = await vscode.tasks.fetchTasks({ type: "scone-ls" });
    assert.deepEqual(found.map(({ name }) => name).sort(), ["build faulty/manifest.yaml", "check"]);
  },

  async "a task tells of mistakes in files that are closed"() {
    const closed = vscode.Uri.joinPath(folder(), "closed.yaml");
    const [check] = (await vscode.tasks.fetchTasks({ type: "scone-ls" })).filter(({ name }) => name === "check");
    assert.ok(check);
    await vscode.tasks.executeTask(check);
    await until(() => vscode.languages.getDiagnostics(closed).length > 0);
    const [found] = vscode.languages.getDiagnostics(closed);
    assert.equal(found && codeOf(found.code), "missing-key");
    assert.equal(found?.range.start.line, 1);
  },

  async "the server is restarted"() {
    const document = await manifest("faulty/manifest.yaml");
    await vscode.commands.executeCommand("sconeManifest.restartServer");
    await until(() => sourcesOf(document.uri).length > 0);
  },

  async "a server that is not there is named, and the way back works"() {
    const settings = vscode.workspace.getConfiguration("scone-ls.server");
    const document = await manifest("faulty/manifest.yaml");
    await settings.update("path", "/no/such/server", vscode.ConfigurationTarget.Workspace);
    await until(() => sourcesOf(document.uri).length === 0);
    await settings.update("path", undefined, vscode.ConfigurationTarget.Workspace);
    await until(() => sourcesOf(document.uri).length > 0);
  },
};

/** Called by the editor. */
export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    const begin = Date.now();
    try {
      await test();
      console.log(`ok ${name} (${String(Date.now() - begin)} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  if (failed > 0) {
    throw new Error(`${String(failed)} failed`);
  }
}

function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri;
}

/** Open a file of the workspace and show it, so that it stays open. */
async function opened(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), name));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Open a manifest and wait until it is one for the editor. */
async function manifest(name: string): Promise<vscode.TextDocument> {
  const { uri } = await opened(name);
  await until(() => languageOf(uri) === LANGUAGE);
  return vscode.workspace.openTextDocument(uri);
}

function languageOf(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString())?.languageId;
}

function sourcesOf(uri: vscode.Uri): string[] {
  return vscode.languages.getDiagnostics(uri).map(({ source }) => source ?? "");
}

/** Whether a diagnostic of this source is by the extension for YAML that is installed beside ours. */
function isOfAnother(source: string): boolean {
  return /^yaml/i.test(source);
}

function codeOf(code: vscode.Diagnostic["code"]): string {
  return String(typeof code === "object" ? code.value : code);
}

async function completionsAt(document: vscode.TextDocument, at: vscode.Position): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    at,
  );
  return items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

async function type(uri: vscode.Uri, at: vscode.Position, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, at, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!holds()) {
    if (Date.now() > end) {
      throw new Error(`waited in vain for ${holds.toString()}`);
    }
    await pause(10);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
