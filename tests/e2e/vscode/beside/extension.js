const vscode = require("vscode");

exports.activate = (context) => {
  const diagnostics = vscode.languages.createDiagnosticCollection("beside");
  const look = (document) => {
    if (document.languageId === "yaml") {
      const found = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), "this is YAML");
      found.source = "beside";
      diagnostics.set(document.uri, [found]);
    }
  };
  vscode.workspace.textDocuments.forEach(look);
  context.subscriptions.push(
    diagnostics,
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidCloseTextDocument((document) => diagnostics.delete(document.uri)),
    vscode.languages.registerCompletionItemProvider("yaml", {
      provideCompletionItems: () => [new vscode.CompletionItem("from-beside")],
    }),
  );
};
