import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";
import type pg from "pg";
import { requireSystem } from "#lib/access/authority.ts";
import { type OnTable, type PartFacts, readBody } from "#lib/backup/body.ts";
import { encodeTail, head } from "#lib/backup/file-layout.ts";
import { type NewFile, type Written, writeNewFile } from "#lib/backup/new-file.ts";
import { readChainsWith } from "#lib/backup/store/chain-reader.ts";
import { readSchema } from "#lib/backup/store/schema.ts";
import { withTransaction } from "#lib/backup/store/transaction.ts";
import type { Ctx } from "#lib/core/context.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger, verifyChains } from "#lib/ledger/index.ts";
import { loadRegistryKey, readKeySet } from "#lib/registry-key/index.ts";
import { type BackupPredicate, signBackup } from "#lib/signing/index.ts";

export type CreateBackupInput = {
  /** Where to write it; must not exist. */
  file: string;
  /** Connection string of a role that may read every table, such as the application role. */
  url: string;
  /** Folder of the registry's private key, which signs the backup. */
  registryKeyDir: string;
  onTable?: OnTable;
};

export type CreatedBackup = Written & { predicate: BackupPredicate };

/**
 * Writes everything a registry is, but for its keys and secrets, to one file, as of one moment, while others read and
 * write; signs what was written with the registry key; and records that in the ledger. Both chains are judged on the
 * way: a broken one is backed up as it is and said to be broken.
 * @throws DomainError `forbidden` for all but our own processes, `conflict` when the file exists or a row is too
 *   large; Error when the key or the database cannot be used, or the ledger not be written. No file is left then.
 */
export async function createBackup(ctx: Ctx, input: CreateBackupInput): Promise<CreatedBackup> {
  requireSystem(ctx);
  let predicate: BackupPredicate | undefined;
  const written = await writeNewFile(input.file, async (file) => {
    predicate = await withTransaction(input.url, "snapshot", (client) => writeBackup(ctx, input, client, file));
  });
  if (!predicate) throw new Error("no backup was written");
  await record(ctx, predicate, written).catch(async (error: unknown) => {
    await rm(input.file, { force: true });
    throw error;
  });
  return { ...written, predicate };
}

async function writeBackup(ctx: Ctx, input: CreateBackupInput, client: pg.Client, file: NewFile) {
  const { registryId: registry, instanceKind } = ctx;
  const key = await loadRegistryKey(input.registryKeyDir, registry);
  const keySet = await readKeySet(input.registryKeyDir, registry);
  const begun = Date.parse(keySet.keys.at(-1)?.notBefore ?? "");
  // A key may begin a moment ahead of the clock, as the ledger's time may.
  const createdAt = new Date(Math.max(ctx.now().getTime(), begun)).toISOString();
  const schema = await readSchema(client);
  const tables: PartFacts[] = [];
  await file.add(head);
  const bodySha256 = await writeBody(readBody(client, schema, tables, input.onTable ?? (() => {})), file);
  // Now that no row is too large.
  const chains = await verifyChains({ keySet, registryId: registry }, [], readChainsWith(client));
  const predicate = { registry, instanceKind, createdAt, migrations: schema.migrations, tables, chains };
  await file.add(encodeTail(signBackup({ predicate, bodySha256, privateKeyPem: key.privateKeyPem })));
  return predicate;
}

/** @returns hex SHA-256 of the compressed bytes. */
async function writeBody(body: AsyncIterable<string>, file: NewFile): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(body, createZstdCompress(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await file.add(chunk);
    }
  });
  return hash.digest("hex");
}

/** After the file, which therefore does not hold this event. */
async function record(ctx: Ctx, { createdAt, chains }: BackupPredicate, { bytes, sha256 }: Written): Promise<void> {
  const seq = chains[0]?.head.seq ?? 0;
  const details = { sha256, bytes, createdAt, ledgerSeq: seq };
  await transact((tx) =>
    appendLedger(tx, ctx, { action: "backup.create", subject: `backup of event ${seq}`, details }),
  );
}
