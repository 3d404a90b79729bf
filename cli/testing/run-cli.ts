import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../bin.mjs", import.meta.url));

export type CliRun = { exit: number | null; stdout: string; stderr: string; json: () => Record<string, unknown> };
export type CliOptions = { env?: Record<string, string>; stdin?: string; cwd?: string };

/** A folder of this test's own, for files and for the command's configuration. */
export function makeFolder(): string {
  return mkdtempSync(path.join(tmpdir(), "countersign-cli-"));
}

/** Runs the real command in a process of its own, with no more environment than it needs, and no terminal. */
export async function runCli(dir: string, args: string[], options: CliOptions = {}): Promise<CliRun> {
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? "",
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "",
    COUNTERSIGN_CONFIG_DIR: path.join(dir, "config"),
    ...options.env,
  };
  const child = spawn(process.execPath, [bin, ...args], { cwd: options.cwd ?? dir, env: env as NodeJS.ProcessEnv });
  child.stdin.on("error", () => {});
  child.stdin.end(options.stdin ?? "");
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { exit, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
}
