import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const needed = [24, 15];

/** Whether this Node runs the product's TypeScript and its packages. */
export function isNodeNewEnough(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

/** Runs the same command under the Node that came with the packages and ends with its exit code. */
export async function rerunUnderBundledNode(script, args) {
  const bundled = path.resolve("node_modules/.bin/node");
  if (!existsSync(bundled)) {
    console.error(
      `Node ${needed.join(".")} or newer is needed. This is ${process.version}, and no bundled one exists for ${process.platform}-${process.arch}.`,
    );
    process.exit(78);
  }
  // The IPC channel tells the child when we are gone, even by `kill -9`.
  const child = spawn(bundled, [...process.execArgv, script, ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve) => child.on("exit", (...ended) => resolve(ended)));
  process.exit(code ?? (signal ? 1 : 0));
}
