import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/** The servers that are compared take turns on one core; who asks them has the other. */
const cores = { server: "0", load: "1" };

/**
 * Keeps every thread of a process on one core, since the kernel else moves server and load generator onto one core and
 * apart again, and figures double or halve as it does. @returns false where that cannot be done: then nothing changes.
 */
export function pinTo(role: keyof typeof cores, pid = process.pid): boolean {
  if (cpus().length < 2) return false;
  return spawnSync("taskset", ["--all-tasks", "--cpu-list", "--pid", cores[role], String(pid)]).status === 0;
}

/** Lets this process run anywhere again. */
export function unpin(): void {
  spawnSync("taskset", ["--all-tasks", "--cpu-list", "--pid", `0-${cpus().length - 1}`, String(process.pid)]);
}
