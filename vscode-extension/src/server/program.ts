/** The server as a program that can be started: to serve, or to run one of its commands. */

import { spawn } from "node:child_process";

/** A program with the arguments that come before all others. */
export interface Program {
  readonly command: string;
  readonly prefix: readonly string[];
}

/** How a program ended, and what it wrote. */
export interface Ending {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/**
 * Run a program to its end. Nothing is interpreted by a shell.
 *
 * @throws if it can't be started
 */
export function run(program: Program, given: readonly string[], folder?: string): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(program.command, [...program.prefix, ...given], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      env: { ...process.env, PYTHONUTF8: "1" },
    });
    const output: string[] = [];
    const errors: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? -1, output: output.join(""), errors: errors.join("") });
    });
  });
}
