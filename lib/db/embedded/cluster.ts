import { execFile } from "node:child_process";
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { type Account, asAccount } from "#lib/db/embedded/account.ts";
import { postgresEnv } from "#lib/db/embedded/binaries.ts";
import type { Place } from "#lib/db/embedded/place.ts";
import type { Secrets } from "#lib/db/embedded/secrets.ts";

export const roles = { superuser: "countersign_super", owner: "countersign_owner", app: "countersign_app" } as const;
export const databaseName = "countersign";

/** Makes the data folder when there is none. It appears whole or not at all, so a killed start leaves no half. */
export async function createCluster(place: Place, account: Account, secrets: Secrets): Promise<void> {
  if (existsSync(path.join(place.data, "PG_VERSION"))) return;
  const draft = `${place.data}.${process.pid}`;
  const passwordFile = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  try {
    writeFileSync(passwordFile, secrets.superuser, { mode: 0o600 });
    if (account.kind === "other") chownSync(passwordFile, account.uid, account.gid);
    await runInitdb(place, account, draft, passwordFile);
    renameSync(draft, place.data);
  } catch (error) {
    if (!existsSync(path.join(place.data, "PG_VERSION"))) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

async function runInitdb(place: Place, account: Account, folder: string, passwordFile: string): Promise<void> {
  const command = asAccount(account, path.join(place.bin, "initdb"), [
    ...["-D", folder, "-U", roles.superuser, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "-E", "UTF8"],
    ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"],
  ]);
  await promisify(execFile)(command.file, command.args, { ...command.options, cwd: place.base, env: postgresEnv });
}

/** Connection string over the unix socket in `socketFolder`. */
export function toSocketUrl(socketFolder: string, user: string, password: string, database = databaseName): string {
  return `postgresql://${user}:${password}@localhost:5432/${database}?host=${encodeURIComponent(socketFolder)}`;
}

/**
 * Makes the owner role, the application role and the database where missing, and sets both passwords. Neither role is a
 * superuser; only the owner may change the schema. What a role has set for its own sessions to come, which Postgres
 * lets every role do, is forgotten.
 */
export async function provision(superuserUrl: string, secrets: Secrets): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await ensureRole(client, roles.owner, secrets.owner);
    await ensureRole(client, roles.app, secrets.app);
    await forgetSettings(client);
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (found.rowCount) return;
    await client.query(`CREATE DATABASE ${databaseName} OWNER ${roles.owner}`);
    await client.query(`REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${databaseName} TO ${roles.app}`);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, name: string, password: string): Promise<void> {
  const found = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [name]);
  const verb = found.rowCount ? "ALTER" : "CREATE";
  await client.query(
    `${verb} ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${pg.escapeLiteral(password)}`,
  );
}

async function forgetSettings(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string; database: string | null }>(
    `SELECT r.rolname AS role, d.datname AS database FROM pg_db_role_setting s
     JOIN pg_roles r ON r.oid = s.setrole LEFT JOIN pg_database d ON d.oid = s.setdatabase WHERE r.rolname = ANY($1)`,
    [[roles.owner, roles.app]],
  );
  for (const { role, database } of rows) {
    const where = database === null ? "" : `IN DATABASE ${pg.escapeIdentifier(database)}`;
    await client.query(`ALTER ROLE ${pg.escapeIdentifier(role)} ${where} RESET ALL`);
  }
}
