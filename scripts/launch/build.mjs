import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withProgress } from "./progress.mjs";
import { runQuietly } from "./run.mjs";

const sources = [
  ...["app", "components", "lib", "public", "prisma/schema.prisma", "package-lock.json"],
  ...["next.config.ts", "postcss.config.mjs", "proxy.ts", "tsconfig.json"],
];
const ignored = /^(generated|node_modules|testing)$|\.test\.tsx?$/;

/** Makes the database client anew when the schema changed since the packages were installed. */
export async function generateWhenNeeded() {
  const stamp = "lib/db/generated/.schema-sha256";
  const wanted = hashOf(["prisma/schema.prisma", "package-lock.json"]);
  if (isCurrent(stamp, wanted)) return;
  await step("Preparing the database client", "node_modules/prisma/build/index.js", ["generate"]);
  writeFileSync(stamp, wanted);
}

/** Builds the pages when any of their sources changed since the last build. */
export async function buildWhenNeeded() {
  const stamp = path.join(process.env.NEXT_DIST_DIR ?? ".next", "source-sha256");
  const wanted = hashOf(sources);
  if (isCurrent(stamp, wanted)) return;
  await step("Building the pages", "node_modules/next/dist/bin/next", ["build"]);
  writeFileSync(stamp, wanted);
}

async function step(label, script, args) {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  try {
    await withProgress(label, () => runQuietly(process.execPath, [script, ...args], env));
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

function isCurrent(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(listFiles)) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function listFiles(at) {
  if (!existsSync(at) || ignored.test(path.basename(at))) return [];
  if (!statSync(at).isDirectory()) return [at];
  return readdirSync(at)
    .sort()
    .flatMap((name) => listFiles(path.join(at, name)));
}
