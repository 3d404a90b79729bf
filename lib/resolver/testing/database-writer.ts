import { randomUUID } from "node:crypto";
import pg from "pg";
import { sha256Hex } from "#lib/core/digest.ts";
import type { VersionRecord } from "#lib/resolver/source.ts";
import { bundleBytes, trustRootBytes } from "#lib/resolver/testing/registry.ts";

/** Rows written before times were bounded, or by whoever owns the tables, may still have others. */
const liftTimes = `
  DO $$
    DECLARE bound record;
    BEGIN
      FOR bound IN SELECT conrelid::regclass AS at, conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE '%\\_times' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', bound.at, bound.conname);
      END LOOP;
    END
  $$`;

/**
 * Writes rows straight into a database: as the product would, and then, with every trigger and check out of the way, as
 * somebody would who has the database but not the registry's key.
 */
export class DatabaseWriter {
  readonly client: pg.Client;
  readonly #namespaceId = randomUUID();

  constructor(superuserUrl: string) {
    this.client = new pg.Client(superuserUrl);
  }

  async open(): Promise<this> {
    await this.client.connect();
    await this.client.query(liftTimes);
    await this.client.query(
      `INSERT INTO "Namespace" (id, name, "nameKey", "createdAt") VALUES ($1, 'io.acme', 'io.acme', now())`,
      [this.#namespaceId],
    );
    return this;
  }

  /** Adds a server with versions, and the ledger entry that tells readers. */
  async add(name: string, ...versions: VersionRecord[]): Promise<void> {
    await this.client.query("BEGIN");
    const serverId = randomUUID();
    await this.client.query(
      `INSERT INTO "Server" (id, "namespaceId", name, "nameKey", "createdAt") VALUES ($1, $2, $3, lower($3), now())`,
      [serverId, this.#namespaceId, name],
    );
    for (const version of versions) await this.#addVersion(serverId, name, version);
    await this.appendLedger(name);
    await this.client.query("COMMIT");
  }

  async appendLedger(serverName: string | null, action = "version.countersign"): Promise<void> {
    const body = Buffer.from(`test entry ${randomUUID()}`);
    await this.client.query(
      `WITH head AS (UPDATE "LedgerHead" SET seq = seq + 1, at = at + interval '1 second', sha256 = $1 RETURNING seq, at)
       INSERT INTO "LedgerEntry" (seq, at, action, "actorLabel", "serverName", subject, body, "prevSha256", sha256)
       SELECT seq, at, $2, 'test', $3, 'test', $4, repeat('0', 64), $1 FROM head`,
      [sha256Hex(body), action, serverName, body],
    );
  }

  /** Runs SQL with triggers and foreign keys switched off. */
  async tamper(sql: string, values: unknown[] = []): Promise<void> {
    await this.client.query("SET session_replication_role = replica");
    try {
      const { rowCount } = await this.client.query(sql, values);
      if (rowCount === 0) throw new Error("the tampering changed nothing");
    } finally {
      await this.client.query("RESET session_replication_role");
    }
  }

  async #addVersion(serverId: string, name: string, row: VersionRecord): Promise<void> {
    const versionId = randomUUID();
    await this.client.query(
      `INSERT INTO "Version" (id, "serverId", version, state, deprecated, round, "requiredApprovals", manifest,
         "manifestDigest", description, validation, pins, "uploaderLabel", "receivedAt", "statusChangedAt", "updatedAt",
         "statusMessage")
       VALUES ($1, $2, $3, $4::"VersionState", $5, $6, 1, $7, $8, '', '[]', '[]', 'ann', now(), $9, $10, $11)`,
      [
        versionId,
        serverId,
        row.version,
        row.state,
        row.deprecated,
        row.round,
        row.manifest,
        row.manifestDigest,
        row.statusChangedAt,
        row.updatedAt,
        row.statusMessage,
      ],
    );
    const bundle = bundleBytes(name, row.version);
    await this.client.query(
      `INSERT INTO "Bundle" (id, "versionId", bytes, sha256, kind, identity, "receivedAt", "trustRootSlug",
         "trustRootVersion", "trustRootSha256", "trustRootBytes", "ruleId", "ruleSummary", checks)
       VALUES ($1, $2, $3, $4, 'dsse', '{}', now(), 'managed-key', 1, $5, $6, $1, '', '[]')`,
      [randomUUID(), versionId, bundle, sha256Hex(bundle), sha256Hex(trustRootBytes), trustRootBytes],
    );
    for (const approval of row.approvals) {
      await this.client.query(
        `INSERT INTO "Approval" (id, "versionId", round, state, bundle, sha256, "keyId", "approvedAt")
         VALUES ($1, $2, $3, $4::"ApprovalState", $5, $6, '', now())`,
        [randomUUID(), versionId, approval.round, approval.state, approval.bundle, approval.sha256],
      );
    }
  }
}
