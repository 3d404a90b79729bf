import { spawn } from "node:child_process";

/**
 * Runs a command quietly; its output is shown only when it fails. Ends our own process in that case.
 * @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 */
export async function runQuietly(file, args, env = process.env) {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve) => {
    child.on("error", (error) => resolve(`${error.message}`));
    child.on("close", resolve);
  });
  if (code === 0) return;
  const error = new Error(`${file} ${args.join(" ")} failed (${code}):\n${output.trimEnd()}`);
  error.name = "CommandFailed";
  throw error;
}
