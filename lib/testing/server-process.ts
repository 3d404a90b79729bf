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
const startTimeoutMs = 120_000;

/**
 * Starts `server.ts` as a process of its own, with these settings alone, and does not wait for it.
 * @param args its own, such as `--role=web`.
 * @param nodeFlags those of Node.
 */
export function spawnServer(
  settings: Record<string, string>,
  args: readonly string[] = [],
  nodeFlags: readonly string[] = [],
): ServerProcess {
  const { PATH = "", HOME = "", NODE_COMPILE_CACHE = "" } = process.env;
  const child = spawn(process.execPath, [...nodeFlags, "server.ts", ...args], {
    cwd: root,
    env: { PATH, HOME, NODE_COMPILE_CACHE, NODE_ENV: "production", ...settings },
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

/**
 * As spawnServer, and waits until it is ready.
 * @throws Error with everything it printed when it ends before, or takes two minutes.
 */
export async function startServer(...given: Parameters<typeof spawnServer>): Promise<ServerProcess> {
  const server = spawnServer(...given);
  const deadline = performance.now() + startTimeoutMs;
  let ending: string | null = null;
  void server.exited.then((code) => {
    ending = `ended with code ${code} before it was ready`;
  });
  while (!server.output().includes("Countersign is ready")) {
    if (performance.now() > deadline) {
      await server.end("SIGKILL");
      ending = "was not ready in time";
    }
    if (ending) throw new Error(`The server ${ending}:\n${server.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return server;
}

/** A port of loopback on which nobody listens now. */
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
