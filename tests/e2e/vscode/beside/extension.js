// Stands for the YAML extension by Red Hat: starts its language server, from npm, for the languages that it looks after.

import { workspace } from "vscode";
import { LanguageClient, RevealOutputChannelOn, TransportKind } from "vscode-languageclient/node";

const LANGUAGES = [
  "yaml",
  "yaml-textmate",
  "yaml-tmlanguage",
  "ansible",
  "azure-pipelines",
  "dockercompose",
  "github-actions-workflow",
  "home-assistant",
  "manifest-yaml",
  "spring-boot-properties-yaml",
];

export async function activate(context) {
  const server = { module: context.asAbsolutePath("dist/server.js"), transport: TransportKind.ipc };
  const client = new LanguageClient("yaml", "YAML Support", server, {
    documentSelector: LANGUAGES.map((language) => ({ language })),
    synchronize: { fileEvents: workspace.createFileSystemWatcher("{**/*.json,**/*.yaml,**/*.eyaml,**/*.yml}") },
    initializationOptions: { l10nPath: context.asAbsolutePath("dist/l10n") },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  });
  context.subscriptions.push(client);
  await client.start();
}
