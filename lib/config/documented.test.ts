import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { fileSettings } from "#lib/config/secret-files.ts";
import { settings } from "#lib/config/settings.ts";

const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/operate.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| `"));
const namesIn = (line: string) => line.split("|")[1]?.match(/[A-Z][A-Z_]{3,}/g) ?? [];

it("every setting has its row in docs/operate.md, and every row its setting", () => {
  const internal = ["INSTANCE_KIND", "COUNTERSIGN_READ_ADDRESS", "COUNTERSIGN_READ_SECRET"];
  const ours = [...Object.keys(settings), ...fileSettings.map((name) => `${name}_FILE`)];
  const table = rows.slice(0, rows.findIndex((line) => line.includes("DRAIN_SECONDS")) + 1);
  expect(table.flatMap(namesIn).toSorted()).toEqual(ours.filter((name) => !internal.includes(name)).toSorted());
  for (const name of internal) expect(page).toContain(`\`${name}\``);
});
