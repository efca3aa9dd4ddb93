/**
 * The private environment of the server, for installations without a frozen one: made from the wheels in the
 * extension, kept in the extension's own storage, and made anew for each version.
 */

import { access, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";

import type * as vscode from "vscode";

import { type Program, run } from "./program";

const PREFIX = "environment-";
const BIN = process.platform === "win32" ? "Scripts" : "bin";

/** The private environment of this version of the extension. */
export class Environment {
  private readonly storage: string;
  private readonly folder: string;
  private readonly wheels: string;

  constructor(context: vscode.ExtensionContext) {
    const { version } = context.extension.packageJSON as { readonly version: string };
    this.storage = context.globalStorageUri.fsPath;
    this.folder = path.join(this.storage, `${PREFIX}${version}`);
    this.wheels = context.asAbsolutePath("wheels");
  }

  /** The server in it, if it is complete. */
  async program(): Promise<Program | undefined> {
    return (await exists(this.mark)) ? this.python("scone_ls") : undefined;
  }

  /** Whether this installation can make it: the universal one can. */
  canBeMade(): Promise<boolean> {
    return exists(this.requirements);
  }

  /** Whether the user has asked for it already, for this version or an earlier one. */
  async isWanted(): Promise<boolean> {
    return (await this.all()).length > 0;
  }

  /**
   * Make it, remove those of other versions, and return the server in it.
   *
   * The wheels of the extension suffice where they hold all that this Python needs; else pip may look elsewhere for
   * the rest, which has to have the hashes of the lock file.
   *
   * @throws with one sentence if that fails
   */
  async make(python: Program, log: vscode.LogOutputChannel): Promise<Program> {
    const former = (await this.all()).filter((one) => one !== this.folder);
    await mkdir(this.storage, { recursive: true });
    const fails = async (program: Program, given: readonly string[]): Promise<string | undefined> => {
      log.info([program.command, ...program.prefix, ...given].join(" "));
      const { code, output, errors } = await run(program, given, this.storage);
      log.info(`${output}${errors}`.trim());
      return code === 0 ? undefined : (`${output}${errors}`.trim().split("\n").at(-1) ?? "");
    };
    if ((await fails(python, ["-I", "-m", "venv", "--clear", this.folder])) !== undefined) {
      throw new Error(`${python.command} can't make environments; install its venv module (Debian: python3-venv)`);
    }
    const install = ["--disable-pip-version-check", "--no-input", "install", "--require-hashes"];
    const from = ["--find-links", this.wheels, "--requirement", this.requirements];
    const pip = this.python("pip");
    const failure =
      (await fails(pip, [...install, "--no-index", ...from])) === undefined
        ? undefined
        : await fails(pip, [...install, ...from]);
    if (failure !== undefined) {
      throw new Error(`pip could not install what the server needs: ${failure}`);
    }
    await writeFile(this.mark, "");
    await Promise.all(former.map((one) => rm(one, { recursive: true, force: true })));
    return this.python("scone_ls");
  }

  private get mark(): string {
    return path.join(this.folder, "complete");
  }

  private get requirements(): string {
    return path.join(this.wheels, "requirements.txt");
  }

  /** A module run by the environment's Python, isolated: no file of a workspace can take the place of a library. */
  private python(module: string): Program {
    return { command: path.join(this.folder, BIN, "python"), prefix: ["-I", "-m", module] };
  }

  private async all(): Promise<string[]> {
    const names = await readdir(this.storage).catch(() => []);
    return names.filter((name) => name.startsWith(PREFIX)).map((name) => path.join(this.storage, name));
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
