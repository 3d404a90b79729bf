// Writes prisma/migrations/<init>/migration.sql anew from prisma/schema.prisma. Only until the first release:
// afterwards every change is a migration of its own. Hand-written rules live in the migrations beside it.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbedded } from "../lib/db/embedded/index.ts";

process.chdir(path.resolve(import.meta.dirname, ".."));
const dir = mkdtempSync(path.join(tmpdir(), "countersign-migration-"));
const database = await startEmbedded({ dir, settings: ["fsync=off"] });
try {
  const args = ["migrate", "diff", "--from-empty", "--to-schema", "prisma/schema.prisma", "--script"];
  const env = { ...process.env, DATABASE_URL: database.ownerUrl };
  const result = spawnSync("node_modules/.bin/prisma", args, { env, encoding: "utf8" });
  if (result.status !== 0 || !result.stdout.includes("CREATE TABLE")) throw new Error(result.stderr || result.stdout);
  const folder = "prisma/migrations/20261122000000_init";
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/migration.sql`, result.stdout);
  console.log(`wrote ${folder}/migration.sql`);
} finally {
  await database.stop();
  rmSync(dir, { recursive: true, force: true });
}
