import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";

export type ServerProcess = {
  url: string;
  port: number;
  pid: number;
  /** Everything printed so far, on both streams. */
  output: () => string;
  /** Sends a signal and resolves with the exit code. */
  end: (signal?: NodeJS.Signals) => Promise<number | null>;
  exited: Promise<number | null>;
};

const root = path.resolve(import.meta.dirname, "../..");

/** Starts `server.ts` as a process of its own, with these settings alone, and does not wait for it. */
export function spawnServer(settings: Record<string, string>, args: readonly string[] = []): ServerProcess {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["server.ts", ...args], {
    cwd: root,
    env: { PATH, HOME, NODE_ENV: "production", ...settings },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = once(child, "close").then(([code]) => code as number | null);
  const port = Number(settings.PORT);
  const end = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (isRunning(child)) child.kill(signal);
    return exited;
  };
  return { url: `http://127.0.0.1:${port}`, port, pid: child.pid ?? 0, output: () => output, end, exited };
}

/** As spawnServer, and waits until it is ready. @throws Error with everything it printed when it ends before. */
export async function startServer(settings: Record<string, string>, args?: readonly string[]): Promise<ServerProcess> {
  const server = spawnServer(settings, args);
  let ended = false;
  void server.exited.then(() => {
    ended = true;
  });
  while (!server.output().includes("Countersign is ready")) {
    if (ended) throw new Error(`The server ended before it was ready:\n${server.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return server;
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || !address) throw new Error("No free port.");
  return address.port;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
