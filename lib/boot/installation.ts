import { randomBytes } from "node:crypto";
import type { Closers } from "#lib/boot/closers.ts";
import { openDatabase } from "#lib/boot/database.ts";
import { checkInstallation } from "#lib/boot/install.ts";
import { awaitInstallation } from "#lib/boot/join.ts";
import { partsOf } from "#lib/boot/roles.ts";
import { ensureSessionSecret } from "#lib/boot/session-secret.ts";
import type { StartEvents } from "#lib/boot/start-events.ts";
import type { InstanceRow } from "#lib/boot/store.ts";
import { type Config, toEnvironment } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { closeDb } from "#lib/db/client.ts";

export type Installation = { config: Config; ctx: Ctx };

/**
 * Opens the installation this process belongs to: as the control plane, which migrates and installs, or by joining one
 * that exists.
 * @throws StartError when it cannot be opened, or is another's.
 */
export async function openInstallation(given: Config, events: StartEvents, closers: Closers): Promise<Installation> {
  return partsOf[given.role].control ? openAsControl(given, events, closers) : join(given, events, closers);
}

async function openAsControl(given: Config, events: StartEvents, closers: Closers): Promise<Installation> {
  const database = await openDatabase(given, events);
  closers.add(database.close);
  const readSecret = randomBytes(32).toString("base64url");
  const config = adoptConfig({ ...given, databaseUrl: database.appUrl, readSecret }, closers);
  const instance = await checkInstallation(config, new Date());
  ensureSessionSecret(config.sessionSecretFile);
  if (database.applied.length > 0) events.say(`Database ready (${database.applied.length} migrations applied).`);
  return { config, ctx: toContext(instance) };
}

async function join(given: Config, events: StartEvents, closers: Closers): Promise<Installation> {
  const config = adoptConfig(given, closers);
  return { config, ctx: toContext(await awaitInstallation(config, events)) };
}

/** What the rest of this process reads its settings from. */
function adoptConfig(config: Config, closers: Closers): Config {
  Object.assign(process.env, toEnvironment(config));
  closers.add(closeDb);
  return config;
}

function toContext({ registryId, kind: instanceKind }: InstanceRow): Ctx {
  const actor = { kind: "system", name: "boot" } as const;
  return { actor, requestId: "boot", address: null, registryId, instanceKind, now: () => new Date() };
}
