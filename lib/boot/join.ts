import { access } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { assertInstallation } from "#lib/boot/install.ts";
import { partsOf } from "#lib/boot/roles.ts";
import { StartError } from "#lib/boot/start-error.ts";
import type { StartEvents } from "#lib/boot/start-events.ts";
import { findInstance, type InstanceRow } from "#lib/boot/store.ts";
import type { Config } from "#lib/config/index.ts";
import { readSchemaState } from "#lib/db/schema-state.ts";

const betweenMs = 500;

/**
 * Waits, at most DATABASE_WAIT_SECONDS, until a web process has migrated the database, installed the registry and, for
 * a process that reads, published the public keys. Writes nothing.
 * @throws StartError 75 when the time is over; 78 when the database is of another kind or registry, or this version is
 *   too old for it.
 */
export async function awaitInstallation(config: Config, events: Pick<StartEvents, "say">): Promise<InstanceRow> {
  const deadline = performance.now() + config.databaseWaitSeconds * 1_000;
  for (let said = false; ; said = true) {
    const found = await findInstallation(config, events);
    if (typeof found !== "string") return found;
    if (performance.now() >= deadline) {
      const waited = `after ${config.databaseWaitSeconds} s (DATABASE_WAIT_SECONDS)`;
      throw new StartError(`There is no registry to join ${waited}: ${found}. Start a process of role web first.`, 75);
    }
    if (!said) events.say(`Waiting up to ${config.databaseWaitSeconds} s for a web process to prepare it: ${found}.`);
    await sleep(betweenMs);
  }
}

/** The installation, or what is still missing. */
async function findInstallation(config: Config, events: Pick<StartEvents, "say">): Promise<InstanceRow | string> {
  const schema = await readSchemaState(config.databaseUrl ?? "");
  if (schema.kind === "incompatible") throw new StartError(schema.reason);
  if (schema.kind === "behind") return `the database is not ready, ${schema.reason}`;
  const instance = await findInstance();
  if (!instance) return "the registry is not installed";
  assertInstallation(instance, config);
  if (partsOf[config.role].read && !(await isReadable(config.keySetFile))) {
    return `the public keys are not in ${config.keySetFile} (KEY_SET_FILE)`;
  }
  if (schema.newer.length > 0) events.say(`The database is of a later version, by ${schema.newer.length} migrations.`);
  return instance;
}

function isReadable(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
