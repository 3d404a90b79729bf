import { existsSync } from "node:fs";
import { openDatabase } from "#lib/boot/database.ts";
import { StartError } from "#lib/boot/start-error.ts";
import { findInstance } from "#lib/boot/store.ts";
import { type Config, toEnvironment } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { closeDb } from "#lib/db/client.ts";

/**
 * Runs a command of the host on an installed instance, beside the running product or without it.
 * @throws StartError when there is no such instance; whatever `work` throws.
 */
export async function withHost<T>(given: Config, work: (ctx: Ctx, config: Config) => Promise<T>): Promise<T> {
  if (!given.databaseUrl && !existsSync(given.instanceDir)) throw notInstalled(given);
  const database = await openDatabase(given, { warn: () => {} }, true);
  const config = { ...given, databaseUrl: database.appUrl };
  Object.assign(process.env, toEnvironment(config));
  try {
    const instance = await findInstance();
    if (instance?.kind !== given.kind) throw notInstalled(given);
    const { registryId, kind: instanceKind } = instance;
    const actor = { kind: "system", name: "host" } as const;
    const ctx = { actor, requestId: "host", address: null, registryId, instanceKind, now: () => new Date() };
    return await work(ctx, config);
  } finally {
    await closeDb();
    await database.close();
  }
}

function notInstalled({ kind, dataDir }: Config): StartError {
  return new StartError(`There is no ${kind} instance in ${dataDir}. Start it once before administering it.`);
}
