import { spawn } from "node:child_process";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a command quietly: its output becomes part of the error when it fails. It gets a process group of its own, so
 * that a signal to us ends it with everything it started.
 * @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 */
export async function runQuietly(file, args, env = process.env) {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], env, detached: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const endGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Gone already.
    }
    process.exit(1);
  };
  for (const signal of signals) process.on(signal, endGroup);
  const code = await new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", resolve);
  });
  for (const signal of signals) process.off(signal, endGroup);
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} failed (${code}):\n${output.trimEnd()}`);
}
