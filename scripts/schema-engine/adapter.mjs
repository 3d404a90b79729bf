import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { admin } from "./database.mjs";

const CHAR = 18; // pg_catalog."char", which adapter-pg cannot map but the engine's catalog queries return
const BPCHAR = 1042;

/** Two repairs of adapter-pg that the schema engine needs. */
function repair(adapter) {
  const pool = adapter.underlyingDriver();
  const query = pool.query.bind(pool);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap(); // rows -> indexes of its "char" columns
  pool.query = async (...args) => {
    const result = await query(...args);
    const at = [];
    for (const [i, f] of (result.fields ?? []).entries())
      if (f.dataTypeID === CHAR) {
        f.dataTypeID = BPCHAR;
        at.push(i);
      }
    if (at.length) charColumns.set(result.rows, at);
    return result;
  };
  adapter.queryRaw = async (q) => {
    const result = await queryRaw(q);
    for (const i of charColumns.get(result.rows) ?? []) result.columnTypes[i] = ColumnTypeEnum.Character;
    return result;
  };
  // adapter-pg splits scripts on every ";" (also inside $$ bodies and literals); the native engine
  // sends the whole script as one simple query. Do the same.
  adapter.executeScript = async (script) => {
    try {
      await query(script);
    } catch (e) {
      adapter.onError(e);
    }
  };
  return adapter;
}

class EngineAdapterFactory extends PrismaPg {
  #datasource;

  constructor(datasource, ...given) {
    super(...given);
    this.#datasource = datasource;
  }

  async connect() {
    return repair(await super.connect());
  }
  // adapter-pg spreads `database` next to `connectionString`, and pg lets the connection string win:
  // its "shadow database" is the main database. Make a real one, and drop it afterwards.
  async connectToShadowDb() {
    const { url, shadowDatabaseUrl: fixed } = this.#datasource;
    if (fixed) return repair(await new PrismaPg(poolConfig(fixed)).connect());
    const name = `prisma_migrate_shadow_db_${randomUUID()}`;
    const shadow = new URL(url);
    shadow.pathname = `/${name}`;
    await admin(url, (c) => c.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`));
    const adapter = repair(await new PrismaPg(poolConfig(shadow.href)).connect());
    const dispose = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await dispose();
      await admin(url, (c) => c.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`));
    };
    return adapter;
  }
}

/** One connection, kept open: the engine relies on session state (advisory lock, search_path). */
function poolConfig(url) {
  const u = new URL(url);
  const schema = u.searchParams.get("schema");
  u.searchParams.delete("schema"); // Prisma's own parameter; the server would refuse it
  const options = schema ? { options: `-c search_path=${pg.escapeIdentifier(schema)}` } : {};
  return { connectionString: u.href, max: 1, idleTimeoutMillis: 0, ...options };
}

/** What the engine reaches the database through. */
export function makeAdapter(datasource) {
  const url = datasource.url ?? "postgresql://localhost:1/none"; // offline commands never connect
  const schema = new URL(url).searchParams.get("schema") ?? undefined;
  return bindMigrationAwareSqlAdapterFactory(
    new EngineAdapterFactory(datasource, poolConfig(url), schema ? { schema } : undefined),
  );
}
