// The stand-in for the YAML extension by Red Hat: our own client and its language server from npm, each as one file.

import { execFile } from "node:child_process";
import { cp, mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

const here = import.meta.dirname;
const tools = path.resolve(here, "../../../../vscode-extension/node_modules");
const { build } = createRequire(path.join(tools, "installed"))("esbuild");

const schemas = path.resolve(here, "../../../../schemas");

/** Settings with which it has as much to say about manifests as it can: our own JSON Schemas, for every YAML file. */
export const SETTINGS = {
  "yaml.schemas": {
    [path.join(schemas, "genservice.schema.json")]: ["*.yaml", "!*mesh.yaml"],
    [path.join(schemas, "mesh.schema.json")]: "*mesh.yaml",
  },
  "yaml.schemaStore.enable": false, // Else it asks the network.
};

/** Pack the stand-in and return the file (VSIX). */
export async function packed() {
  const folder = await mkdtemp(path.join(tmpdir(), "scone-ls-vsix-"));
  const server = path.join(here, "node_modules", "yaml-language-server");
  await cp(path.join(here, "package.json"), path.join(folder, "package.json"));
  await cp(path.join(server, "l10n"), path.join(folder, "dist", "l10n"), { recursive: true });
  await build({
    entryPoints: { extension: path.join(here, "extension.js"), server: path.join(server, "out", "server", "src", "server.js") },
    outdir: path.join(folder, "dist"),
    bundle: true,
    external: ["vscode"],
    format: "cjs",
    platform: "node",
    mainFields: ["module", "main"],
    logLevel: "warning",
  });
  const file = path.join(folder, "packed.vsix");
  const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license"];
  await promisify(execFile)(process.execPath, [path.join(tools, "@vscode", "vsce", "vsce"), "package", ...options, "--out", file], {
    cwd: folder,
  });
  return file;
}
