#!/usr/bin/env node
// Node builtins only: runs under whatever Node the user has, and hands over to the bundled one when that is too old.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
const bundled = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));

if (major > 24 || (major === 24 && minor >= 15)) {
  const { main } = await import("./main.ts");
  process.exitCode = await main(process.argv.slice(2));
} else if (process.env.COUNTERSIGN_REEXEC || !existsSync(bundled)) {
  process.stderr.write(`countersign needs Node 24.15 or newer; this is ${process.version}.\n`);
  process.exitCode = 2;
} else {
  const child = spawn(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, COUNTERSIGN_REEXEC: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", () => process.exit(1));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
