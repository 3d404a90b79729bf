import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { withProgress } from "./progress.mjs";
import { runQuietly } from "./run.mjs";

/** Installs the packages of the lockfile when they are missing or others are installed. */
export async function installWhenNeeded() {
  if (isInstalled()) return;
  await withProgress("Installing packages", () => runQuietly("npm", ["ci", "--no-audit", "--no-fund"])).catch(stop);
}

/** npm writes what it installed into node_modules when it is done, so an interrupted installation is no installation. */
export function isInstalled(root = ".") {
  const record = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const found = readPackages(record);
  const isSame = ([name, { version, integrity }]) =>
    wanted[name]?.version === version && wanted[name]?.integrity === integrity;
  // Packages for other platforms are in the lockfile alone.
  const isPresent = ([name, { optional }]) => name === "" || optional || name in found;
  return Object.entries(found).every(isSame) && Object.entries(wanted).every(isPresent);
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

function stop(error) {
  console.error(error.message);
  process.exit(1);
}
