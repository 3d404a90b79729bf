import path from "node:path";
import pg from "pg";
import { StartError } from "#lib/boot/start-error.ts";
import type { Config } from "#lib/config/index.ts";
import { type EmbeddedDatabase, findEmbedded, startEmbedded } from "#lib/db/embedded/index.ts";
import { grantApplicationRole, grantReaderRole } from "#lib/db/grants.ts";
import { migrate } from "#lib/db/migrate.ts";

export type OpenDatabase = {
  /** Connection string of the application role. */
  appUrl: string;
  /** Connection string of the role that owns the tables, which may be the same. */
  ownerUrl: string;
  /** Migrations applied by this start. */
  applied: string[];
  close: () => Promise<void>;
};

export type DatabaseEvents = {
  warn: (message: string) => void;
  lost?: (error: Error) => void;
};

const oneRoleWarning =
  "DATABASE_OWNER_URL is not set, so the product works with the role that owns its tables: the protection of the audit " +
  "records against this role is reduced. docs/operate.md says how to use two roles.";

/**
 * Opens the instance's database, migrated and with the application role's rights set: the supplied one, or the embedded
 * one, started here or, with `join`, found running.
 * @throws StartError when it cannot be reached, started or migrated.
 */
export async function openDatabase(config: Config, events: DatabaseEvents, join = false): Promise<OpenDatabase> {
  if (config.databaseUrl) return openSupplied(config.databaseUrl, config, events);
  const embedded = (join && (await findEmbedded(config.instanceDir))) || (await openEmbedded(config, events));
  try {
    const applied = await prepare(embedded.ownerUrl, embedded.appUrl);
    return { appUrl: embedded.appUrl, ownerUrl: embedded.ownerUrl, applied, close: embedded.stop };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function openEmbedded(config: Config, events: DatabaseEvents): Promise<EmbeddedDatabase> {
  try {
    return await startEmbedded({ dir: config.instanceDir, warn: events.warn, onLost: events.lost });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`${reason} (${path.relative(process.cwd(), config.instanceDir) || "."})`, 75, error);
  }
}

async function openSupplied(appUrl: string, config: Config, events: DatabaseEvents): Promise<OpenDatabase> {
  const { databaseOwnerUrl: ownerUrl, databaseReaderRole } = config;
  if (!ownerUrl) events.warn(oneRoleWarning);
  const applied = await prepare(ownerUrl ?? appUrl, appUrl, databaseReaderRole);
  return { appUrl, ownerUrl: ownerUrl ?? appUrl, applied, close: async () => {} };
}

async function prepare(ownerUrl: string, appUrl: string, readerRole: string | null = null): Promise<string[]> {
  try {
    const applied = await migrate(ownerUrl);
    if (ownerUrl !== appUrl) await grantApplicationRole(ownerUrl, await findRole(appUrl));
    if (readerRole) await grantReaderRole(ownerUrl, readerRole);
    return applied;
  } catch (error) {
    const reason = error instanceof Error ? error.message || String(error) : String(error);
    throw new StartError(`The database cannot be used: ${reason}`, 75, error);
  }
}

async function findRole(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>("SELECT current_user AS name");
    return rows[0]?.name ?? "";
  } finally {
    await client.end();
  }
}
