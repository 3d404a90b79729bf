import { StartError } from "#lib/boot/start-error.ts";
import { ensureInstance, type InstanceRow } from "#lib/boot/store.ts";
import type { Config } from "#lib/config/index.ts";

/**
 * Writes what this database is at the first start, and checks it at every later one.
 * @throws StartError when the database belongs to another kind of instance or to another registry id.
 */
export async function checkInstallation(config: Pick<Config, "kind" | "publicUrl">, now: Date): Promise<InstanceRow> {
  const row = await ensureInstance(config.kind, config.publicUrl, now);
  assertInstallation(row, config);
  return row;
}

/** @throws StartError when an installation is of another kind or registry id than the settings say. */
export function assertInstallation(row: InstanceRow, config: Pick<Config, "kind" | "publicUrl">): void {
  if (row.kind !== config.kind) throw new StartError(explainKind(row.kind, config.kind));
  if (row.registryId !== config.publicUrl) throw new StartError(explainId(row.registryId, config.publicUrl));
}

function explainKind(found: string, wanted: string): string {
  return (
    `This database belongs to a ${found} instance and cannot become a ${wanted} one: demo people, keys and trust roots ` +
    `must never meet real ones. Use another database (DATABASE_URL), or start it as what it is.`
  );
}

function explainId(stored: string, given: string): string {
  return (
    `This registry was installed as ${stored}, but PUBLIC_URL now says ${given}. The address is part of every signature ` +
    `made so far, and changing it would make all of them invalid. Set PUBLIC_URL=${stored}, or install a new registry ` +
    "with an empty database."
  );
}
