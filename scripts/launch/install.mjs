import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { withProgress } from "./progress.mjs";
import { runQuietly } from "./run.mjs";

// Inside node_modules, so that `npm ci` removes it; by content, because `git clone` makes every file new.
const stamp = "node_modules/.countersign-lock-sha256";

/** Installs the packages of the lockfile when they are missing or belong to another lockfile. */
export async function installWhenNeeded() {
  const wanted = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await withProgress("Installing packages", () => runQuietly("npm", ["ci", "--no-audit", "--no-fund"])).catch(stop);
  writeFileSync(stamp, wanted);
}

function stop(error) {
  console.error(error.message);
  process.exit(1);
}
