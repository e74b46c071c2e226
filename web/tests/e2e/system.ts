import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = new URL("../../..", import.meta.url).pathname;

export interface Account {
  role: string;
  email: string;
  password: string;
  id: string;
}

export interface System {
  url: string;
  data: string;
  accounts: Account[];
}

/** `make run` with ports and data of its own. */
export class Running {
  private constructor(
    readonly system: System,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Running> {
    const folder = mkdtempSync(join(tmpdir(), "scs-web-"));
    const data = join(folder, "data");
    const port = await freePort();
    const settings = { PORT: String(port), METRICS_PORT: String(await freePort()), DATA_DIR: data, RATE_LIMIT_SCALE: "100", TURN_SETTLE_SECONDS: "1" };
    const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], TMPDIR: folder, ...settings };
    const child = spawn(join(ROOT, ".venv/bin/python"), ["-m", "local.run"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    await isUp(child);
    const demo = JSON.parse(readFileSync(join(data, "demo.json"), "utf8")) as { accounts: Account[] };
    return new Running({ url: `http://127.0.0.1:${port}`, data, accounts: demo.accounts }, child, folder);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGINT");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function isUp(child: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000);
      if (said.includes("is running. Ctrl-C stops it")) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => reject(new Error(`it ended with ${code}: ${said.slice(-4000)}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

export function account(system: System, email: string): Account {
  const found = system.accounts.find((one) => one.email === email);
  if (!found) throw new Error(`nobody is called ${email}`);
  return found;
}

/** The code of the newest e-mail to that address, once it has come. */
export async function codeFor(system: System, email: string, after: number): Promise<string> {
  return until(() => {
    const letters = readdirSync(join(system.data, "outbox")).sort().slice(after);
    const mine = letters.map((name) => readFileSync(join(system.data, "outbox", name), "utf8").replaceAll("\r\n", "\n")).filter((text) => text.includes(`To: ${email}`));
    return decoded(mine.at(-1) ?? "").match(/\b\d{6}\b/)?.[0];
  }, "a code by e-mail");
}

export const letters = (system: System): number => readdirSync(join(system.data, "outbox")).length;

function decoded(letter: string): string {
  const [head = "", ...body] = letter.split("\n\n");
  return /base64/i.test(head) ? Buffer.from(body.join(""), "base64").toString("utf8") : body.join("\n");
}

/** Asks until there is something; for at most forty seconds. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>, what: string): Promise<T> {
  for (const end = Date.now() + 40_000; Date.now() < end; ) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come`);
}

/** The HTTP API as one of the demonstration's people. */
export class Caller {
  private token = "";

  constructor(
    private readonly system: System,
    private readonly email: string,
  ) {}

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    if (!this.token) {
      const { password } = account(this.system, this.email);
      this.token = (await this.send<{ access_token: string }>("POST", "/api/v1/auth/login", { email: this.email, password })).access_token;
    }
    return this.send<T>(method, path, body);
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (this.token) headers["Authorization"] = `Bearer ${this.token}`;
    const asked: RequestInit = { method, headers };
    if (body !== undefined) asked.body = JSON.stringify(body);
    const answer = await fetch(this.system.url + path, asked);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
