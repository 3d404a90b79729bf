import { existsSync } from "node:fs";
import { openDatabase } from "#lib/boot/database.ts";
import { StartError } from "#lib/boot/start-error.ts";
import { findInstance } from "#lib/boot/store.ts";
import { type Config, toEnvironment } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { closeDb } from "#lib/db/client.ts";

/** What a command of the host works on. `ownerUrl` is the connection string of the role that owns the tables. */
export type HostWork<T> = (ctx: Ctx, config: Config, ownerUrl: string) => Promise<T>;

/**
 * Runs a command of the host on an installed instance, beside the running product or without it.
 * @throws StartError when there is no such instance; whatever `work` throws.
 */
export async function withHost<T>(given: Config, work: HostWork<T>): Promise<T> {
  if (!given.databaseUrl && !existsSync(given.instanceDir)) throw notInstalled(given);
  return withHostDatabase(given, async (config, ownerUrl) => {
    const instance = await findInstance();
    if (instance?.kind !== given.kind) throw notInstalled(given);
    return work(toHostCtx(instance.registryId, instance.kind), config, ownerUrl);
  });
}

/**
 * Runs a command of the host on a database that is migrated and may be empty, as the instance the settings describe.
 * What is in the database is for `work` to look at.
 * @throws StartError when it cannot be opened; whatever `work` throws.
 */
export async function withHostBeforeInstallation<T>(given: Config, work: HostWork<T>): Promise<T> {
  return withHostDatabase(given, (config, ownerUrl) => work(toHostCtx(given.publicUrl, given.kind), config, ownerUrl));
}

async function withHostDatabase<T>(given: Config, work: (config: Config, ownerUrl: string) => Promise<T>): Promise<T> {
  const database = await openDatabase(given, { warn: () => {} }, true);
  const config = { ...given, databaseUrl: database.appUrl };
  Object.assign(process.env, toEnvironment(config));
  try {
    return await work(config, database.ownerUrl);
  } finally {
    await closeDb();
    await database.close();
  }
}

function toHostCtx(registryId: string, instanceKind: Ctx["instanceKind"]): Ctx {
  const actor = { kind: "system", name: "host" } as const;
  return { actor, requestId: "host", address: null, registryId, instanceKind, now: () => new Date() };
}

function notInstalled({ kind, dataDir }: Config): StartError {
  return new StartError(`There is no ${kind} instance in ${dataDir}. Start it once before administering it.`);
}
