import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { serverFlags } from "./resolver-process.ts";
import { endProcess, type SeededRegistry } from "./seeded-registry.ts";

export type RunningProduct = { port: number; stop: () => Promise<void> };

const root = path.resolve(import.meta.dirname, "..");
const startTimeoutMs = 60_000;

/** Starts the whole product on a seeded registry's database, in the roles `npm start` has. The pages must be built. */
export async function startProduct(registry: SeededRegistry, publicUrl: string): Promise<RunningProduct> {
  const port = await findFreePort();
  const { appUrl, ownerUrl } = registry.database;
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    NEXT_DIST_DIR: process.env.NEXT_DIST_DIR,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    ANONYMOUS_READ: "true",
    LOG_LEVEL: "error",
    // More than by default, so that the uploads are accepted and cost what they cost.
    MAX_CONCURRENT_VERIFICATIONS: "64",
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    DATA_DIR: path.join(registry.dir, "data"),
    REGISTRY_KEY_DIR: registry.keyDir,
  };
  const child = spawn(process.execPath, [...serverFlags, "server.ts"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  await ready(child).catch(async (error) => {
    await endProcess(child);
    throw error;
  });
  return { port, stop: () => endProcess(child) };
}

async function ready(child: ChildProcess): Promise<void> {
  let output = "";
  const said = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (output.includes("Countersign is ready")) resolve();
      });
    }
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`the product was not ready in time:\n${output}`)), startTimeoutMs).unref();
    child.once("exit", () => reject(new Error(`the product ended:\n${output}`)));
  });
  await Promise.race([said, late]);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || !address) throw new Error("no free port");
  return address.port;
}
