// Writes prisma/migrations/<timestamp>_<name>/migration.sql: what leads from the migrations there are to
// prisma/schema.prisma. What the schema file cannot say is added to it by hand. A migration that was released never
// changes again.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbedded } from "../lib/db/embedded/index.ts";
import { migrate } from "../lib/db/migrate.ts";

process.chdir(path.resolve(import.meta.dirname, ".."));
const name = process.argv[2];
if (!/^[a-z][a-z0-9_]*$/.test(name ?? ""))
  throw new Error("usage: node scripts/make-migration.mjs <name_in_snake_case>");
const dir = mkdtempSync(path.join(tmpdir(), "countersign-migration-"));
const database = await startEmbedded({ dir, settings: ["fsync=off"] });
try {
  await migrate(database.ownerUrl);
  const args = ["migrate", "diff", "--from-config-datasource", "--to-schema", "prisma/schema.prisma", "--script"];
  const env = { ...process.env, DATABASE_URL: database.ownerUrl };
  const result = spawnSync("node_modules/.bin/prisma", args, { env, encoding: "utf8" });
  if (result.status !== 0) throw new Error(result.stderr || result.stdout);
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = `prisma/migrations/${stamp}_${name}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/migration.sql`, result.stdout);
  console.log(`wrote ${folder}/migration.sql`);
} finally {
  await database.stop();
  rmSync(dir, { recursive: true, force: true });
}
