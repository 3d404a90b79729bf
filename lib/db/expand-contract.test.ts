import { describe, expect, it } from "vitest";
import { readMigrations } from "#lib/db/migrate.ts";

// docs/operate.md, "Upgrades": processes of the release before run on while the database is already migrated, so a
// migration only adds. What takes away says in its name since when nothing needs it.

const takesAway = [
  /\bDROP\s+(TABLE|COLUMN|TYPE|VIEW)\b/i,
  /\bRENAME\s+(TO|COLUMN|VALUE|CONSTRAINT)\b/i,
  /\bALTER\s+(COLUMN\s+)?"\w+"\s+(SET\s+DATA\s+)?TYPE\b/i,
  /\bSET\s+NOT\s+NULL\b/i,
  /\bADD\s+COLUMN\s+(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT\s+NULL\b/i,
];

const findTaking = (sql: string) => takesAway.filter((pattern) => pattern.test(sql.replace(/--.*$/gm, "")));
const isContract = (name: string) => /^\d{14}_contract_after_\d{14}(_\w+)?$/.test(name);

it("every migration only adds, or is named a contract of what an earlier one ended", async () => {
  const migrations = await readMigrations();
  expect(migrations.length).toBeGreaterThan(2);
  const names = migrations.map(({ name }) => name);
  expect(names.filter((name) => !/^\d{14}_[a-z0-9_]+$/.test(name))).toEqual([]);
  const taking = migrations.filter(({ name, sql }) => findTaking(sql).length > 0 && !isContract(name));
  expect(taking.map(({ name }) => name)).toEqual([]);
  for (const name of names.filter(isContract)) {
    const since = /_contract_after_(\d{14})/.exec(name)?.[1] ?? "";
    expect(names.some((other) => other.startsWith(since) && other < name)).toBe(true);
  }
});

describe("taking away is recognised", () => {
  it.each([
    'DROP TABLE "Old";',
    'ALTER TABLE "Version" DROP COLUMN "old";',
    'ALTER TABLE "Version" RENAME COLUMN "old" TO "new";',
    'ALTER TABLE "Version" RENAME TO "Release";',
    'ALTER TABLE "Version" ALTER COLUMN "n" SET DATA TYPE TEXT;',
    'ALTER TABLE "Version" ALTER COLUMN "n" SET NOT NULL;',
    'ALTER TABLE "Version" ADD COLUMN "n" INTEGER NOT NULL;',
    'ALTER TABLE "Version" ADD COLUMN "n" INTEGER NOT NULL,\nADD COLUMN "m" TEXT;',
    `ALTER TYPE "State" RENAME VALUE 'a' TO 'b';`,
  ])("%s", (sql) => expect(findTaking(sql)).not.toEqual([]));
});

describe("adding is left alone", () => {
  it.each([
    'CREATE TABLE "New" ("id" INTEGER NOT NULL);',
    'ALTER TABLE "Version" ADD COLUMN "n" INTEGER;',
    `ALTER TABLE "Version" ADD COLUMN     "n" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];`,
    'CREATE INDEX "i" ON "Version"("n");',
    `ALTER TYPE "State" ADD VALUE 'c';`,
    '-- DROP TABLE "Old";',
  ])("%s", (sql) => expect(findTaking(sql)).toEqual([]));
});
