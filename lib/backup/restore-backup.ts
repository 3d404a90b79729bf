import { isDeepStrictEqual } from "node:util";
import type pg from "pg";
import { requireSystem } from "#lib/access/authority.ts";
import { digestTables, type OnTable } from "#lib/backup/body.ts";
import { explainFailure } from "#lib/backup/explain-failure.ts";
import { fillTables } from "#lib/backup/fill-tables.ts";
import { type OpenBackup, withBackup } from "#lib/backup/open-backup.ts";
import { damaged, unfit } from "#lib/backup/refusals.ts";
import { readChainsWith } from "#lib/backup/store/chain-reader.ts";
import { guardDatabase, takeEmptyDatabase } from "#lib/backup/store/empty-database.ts";
import { countWaitingChanges, findUnrevoked, type VersionName } from "#lib/backup/store/read-state.ts";
import { restartDelays } from "#lib/backup/store/restart-delays.ts";
import { readSchema, type Schema } from "#lib/backup/store/schema.ts";
import { withTransaction } from "#lib/backup/store/transaction.ts";
import type { Ctx } from "#lib/core/context.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger, verifyChains } from "#lib/ledger/index.ts";
import { readKeptRevocations } from "#lib/resolver/index.ts";
import type { BackupPredicate, KeySet } from "#lib/signing/index.ts";

export type RestoreBackupInput = {
  file: string;
  /** Connection string of the role that owns the tables. */
  ownerUrl: string;
  /** Public keys of the registry, from beside its private key: never from the backup. */
  keySet: KeySet;
  /** Where readers beside this database kept the revocations they saw; see `readKeptRevocations`. */
  revocationsFile: string;
  onTable?: OnTable;
};

export type RestoredBackup = {
  predicate: BackupPredicate;
  /** Loosenings of policy that wait in it; those that wait for a delay now wait for the whole of it again. */
  waitingChanges: number;
  /** Versions that were revoked after the backup was made, as far as readers here know, and are not revoked in it. */
  lostRevocations: VersionName[];
};

/**
 * Fills an empty, migrated database with a backup of this registry, and records that in the ledger. One transaction,
 * committed only when the database gives back every row as it was signed and both chains, with every countersignature,
 * are judged as they were when the backup was made. Then only the delays of loosenings of policy begin again.
 * @throws DomainError `forbidden` for all but our own processes; `invalid-input` when the file is damaged or not signed
 *   by this registry; `conflict` when it does not belong into this database. Nothing was written then.
 */
export async function restoreBackup(ctx: Ctx, input: RestoreBackupInput): Promise<RestoredBackup> {
  requireSystem(ctx);
  const { keySet, file } = input;
  const restored = await withBackup(file, { keySet, registryId: ctx.registryId }, async (backup) => {
    const { instanceKind } = backup.predicate;
    if (instanceKind !== ctx.instanceKind) {
      throw unfit(`This is the backup of a ${instanceKind} instance, which never becomes a ${ctx.instanceKind} one.`);
    }
    return withTransaction(input.ownerUrl, "restore", (client) => load(ctx, input, backup, client)).catch((error) => {
      throw explainFailure(error);
    });
  });
  await record(ctx, restored.predicate);
  return restored;
}

async function load(
  ctx: Ctx,
  input: RestoreBackupInput,
  backup: OpenBackup,
  client: pg.Client,
): Promise<RestoredBackup> {
  const { predicate } = backup;
  const schema = await readSchema(client);
  assertSameSchema(schema, predicate);
  await takeEmptyDatabase(client);
  const onTable = input.onTable ?? (() => {});
  await backup.readLines((lines) => fillTables(client, schema, predicate.tables, lines, onTable));
  await guardDatabase(client);
  await assertRestored(ctx, input.keySet, client, schema, predicate);
  await restartDelays(client, ctx.now());
  return {
    predicate,
    waitingChanges: await countWaitingChanges(client),
    lostRevocations: await findLostRevocations(ctx, input, client),
  };
}

async function findLostRevocations(
  { registryId }: Ctx,
  { keySet, revocationsFile }: RestoreBackupInput,
  client: pg.Client,
) {
  const kept = await readKeptRevocations(revocationsFile, { keySet, registryId });
  const revoked = kept.map(({ predicate: { name, version }, manifestDigest }) => ({ name, version, manifestDigest }));
  return findUnrevoked(client, revoked);
}

function assertSameSchema(schema: Schema, predicate: BackupPredicate): void {
  const columns = (tables: Pick<BackupPredicate["tables"][number], "name" | "columns">[]) =>
    tables.map((table) => [table.name, table.columns]);
  const same =
    isDeepStrictEqual(schema.migrations, predicate.migrations) &&
    isDeepStrictEqual(columns(schema.tables), columns(predicate.tables));
  if (same) return;
  const newest = predicate.migrations.at(-1)?.name;
  throw unfit(`The backup is of another version of the database, ${newest}: restore it with the version that made it.`);
}

/** What the database says now is what the registry signed then. */
async function assertRestored(ctx: Ctx, keySet: KeySet, client: pg.Client, schema: Schema, predicate: BackupPredicate) {
  const parts = await digestTables(client, schema);
  const other = parts.find((part, at) => !isDeepStrictEqual(part, predicate.tables[at]));
  if (other) throw damaged(`${other.name} does not come out as it went in`);
  const chains = await verifyChains({ keySet, registryId: ctx.registryId }, [], readChainsWith(client));
  if (isDeepStrictEqual(chains, predicate.chains)) return;
  throw unfit("With these registry keys the audit is not judged as it was when the backup was made.");
}

/** The first event after a gap that every reader notices: what it follows is older than what they knew. */
async function record(ctx: Ctx, { createdAt, chains }: BackupPredicate): Promise<void> {
  const seq = chains[0]?.head.seq ?? 0;
  const details = { createdAt, ledgerSeq: seq };
  await transact((tx) =>
    appendLedger(tx, ctx, { action: "backup.restore", subject: `backup of event ${seq}`, details }),
  );
}
