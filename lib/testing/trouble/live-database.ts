import pg from "pg";
import { closeDb } from "#lib/db/client.ts";
import type { TestDatabase } from "#lib/testing/database.ts";

/** Runs in every table of the product, whose name the statement gets as `%1$I`. Nothing that guards rows is in the way. */
const inEveryTable = (statement: string) => `
  SET session_replication_role = replica;
  DO $$
    DECLARE tables text[] := ARRAY(SELECT tablename FROM pg_tables WHERE schemaname = 'public');
    BEGIN
      FOR at IN 1 .. array_length(tables, 1) LOOP EXECUTE format('${statement}', tables[at]); END LOOP;
    END
  $$`;

/** A copy of every row beside the tables, and back: a tenth of the work of copying the database. */
const keepRows = `CREATE SCHEMA kept; ${inEveryTable("CREATE TABLE kept.%1$I AS TABLE public.%1$I")}`;
const renewRows = inEveryTable("DELETE FROM public.%1$I; INSERT INTO public.%1$I TABLE kept.%1$I");

/**
 * One database at one address, to which happens what happens to databases: connections end, it goes away, it is
 * replaced by an older copy of itself. `db()` is pointed at it.
 */
export class LiveDatabase {
  readonly appUrl: string;
  readonly superuserUrl: string;
  readonly #name: string;
  readonly #stock: string;
  readonly #stockUrl: string;
  readonly #owner: string;
  readonly #admin: pg.Client;
  readonly #backups: string[] = [];

  /** @param stock what it is a copy of in the beginning. Nobody may be connected to that any more. */
  constructor(stock: TestDatabase) {
    this.#stock = stock.name;
    this.#stockUrl = stock.superuserUrl;
    this.#name = `${stock.name}_live`;
    this.#owner = new URL(stock.ownerUrl).username;
    const at = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
    this.appUrl = at(stock.appUrl, this.#name);
    this.superuserUrl = at(stock.superuserUrl, this.#name);
    this.#admin = new pg.Client(at(stock.superuserUrl, "postgres"));
  }

  async open(): Promise<this> {
    await this.#admin.connect();
    await runAs(this.#stockUrl, keepRows);
    await this.#copy(this.#stock, this.#name);
    process.env.DATABASE_URL = this.appUrl;
    return this;
  }

  async close(): Promise<void> {
    await closeDb();
    await this.#dropBackups();
    await this.#drop(this.#name);
    await this.#admin.end();
  }

  /** As it was in the beginning, without backups. */
  async renew(): Promise<void> {
    await this.goAway();
    await this.comeBack();
    await this.#dropBackups();
    await runAs(this.superuserUrl, renewRows);
  }

  /** Ends every connection of an application: the server's process for it is gone, its next query fails. */
  async cut(application: "countersign resolver" | "writers"): Promise<void> {
    const sign = application === "writers" ? "<>" : "=";
    await this.#admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = $1 AND application_name ${sign} 'countersign resolver'`,
      [this.#name],
    );
  }

  /** Nobody gets in, and whoever is in is put out, until `comeBack`. */
  async goAway(): Promise<void> {
    await closeDb();
    await this.#admin.query(`ALTER DATABASE "${this.#name}" WITH ALLOW_CONNECTIONS false`);
    await this.#admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [this.#name]);
  }

  async comeBack(): Promise<void> {
    await this.#admin.query(`ALTER DATABASE "${this.#name}" WITH ALLOW_CONNECTIONS true`);
  }

  async backUp(): Promise<void> {
    const name = `${this.#name}_${this.#backups.length}`;
    await this.goAway();
    await this.#copy(this.#name, name);
    await this.comeBack();
    this.#backups.push(name);
  }

  /** The newest backup, or else the beginning, is at the address from now on. */
  async restore(): Promise<void> {
    await this.goAway();
    await this.#drop(this.#name);
    await this.#copy(this.#backups.at(-1) ?? this.#stock, this.#name);
  }

  async #copy(from: string, to: string): Promise<void> {
    await this.#admin.query(`CREATE DATABASE "${to}" OWNER "${this.#owner}" TEMPLATE "${from}" STRATEGY FILE_COPY`);
  }

  async #drop(name: string): Promise<void> {
    await this.#admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
  }

  async #dropBackups(): Promise<void> {
    for (const name of this.#backups.splice(0)) await this.#drop(name);
  }
}

async function runAs(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}
