/** The server over its life: found and started when the first manifest is opened, restarted when asked. */

import * as vscode from "vscode";

import type { Connection } from "./client";
import type { Switch } from "./manifests";
import { findServer, type Found, type Remedy } from "./server/discovery";
import type { Program } from "./server/program";
import { settingsMade } from "./settings";

/** What can be said of the server at any time. */
export enum Condition {
  Asleep = "not needed yet",
  Starting = "starting",
  Ready = "ready",
  Building = "building",
  Missing = "not set up",
  Failed = "not running",
}

/** Finds, starts, and restarts the server. */
export class Service {
  private readonly changed = new vscode.EventEmitter<void>();
  private starting: Promise<Connection | undefined> | undefined;
  private connection: Connection | undefined;
  private hasFailed = false;
  private isMissing = false;

  /** Told whenever the condition may be another. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly manifests: Switch,
  ) {}

  get condition(): Condition {
    if (this.connection?.isRunning === true) {
      return this.connection.isBuilding ? Condition.Building : Condition.Ready;
    }
    if (this.connection !== undefined || this.hasFailed) {
      return this.connection?.isStarting === true ? Condition.Starting : Condition.Failed;
    }
    if (this.isMissing) {
      return Condition.Missing;
    }
    return this.starting === undefined ? Condition.Asleep : Condition.Starting;
  }

  /** The running server, if there is one now. */
  get running(): Connection | undefined {
    return this.connection?.isRunning === true ? this.connection : undefined;
  }

  /** Return the server, started if it is not; nothing where it can't be. */
  async needed(): Promise<Connection | undefined> {
    this.starting ??= this.start();
    return this.starting;
  }

  /** The server as a program, for its other commands. */
  async program(): Promise<Program | undefined> {
    return (await this.needed())?.program;
  }

  /** End the server and start it anew, maybe another one. */
  async restart(): Promise<void> {
    await this.stop();
    await this.needed();
  }

  /** End the server. */
  async stop(): Promise<void> {
    const connection = this.connection ?? (await this.starting);
    this.connection = undefined;
    this.starting = undefined;
    await connection?.dispose().catch((error: unknown) => {
      this.log.warn(String(error));
    });
    this.changed.fire();
  }

  private async start(found?: Found): Promise<Connection | undefined> {
    this.hasFailed = this.isMissing = false;
    this.changed.fire();
    const server = found ?? (await findServer(this.context, this.log));
    this.isMissing = "message" in server;
    if ("message" in server) {
      // Nobody waits for an answer, which may never come.
      void this.offer(server);
    } else {
      this.log.info(`the server is ${server.command}`);
      await this.connect(server);
    }
    this.changed.fire();
    return this.connection;
  }

  private async offer({ message, button, act }: Remedy): Promise<void> {
    if ((await vscode.window.showWarningMessage(message, button)) === button) {
      const found = await act();
      if (found !== undefined) {
        await this.stop();
        await (this.starting = this.start(found));
      }
    }
  }

  private async connect(program: Program): Promise<void> {
    // The library takes longer to load than all the rest, and is needed only now.
    const { Connection } = await import("./client");
    const connection = new Connection(program, (scope) => settingsMade(this.context, scope), this.log, this.manifests);
    connection.onDidChange(() => {
      this.changed.fire();
    });
    this.connection = connection;
    try {
      await connection.start();
    } catch (error) {
      this.connection = undefined;
      this.hasFailed = true;
      this.log.error(String(error));
      void vscode.window
        .showErrorMessage(`The server for SCONE manifests, ${program.command}, does not start.`, "Show Log")
        .then((button) => {
          if (button !== undefined) {
            this.log.show();
          }
        });
    }
  }
}
