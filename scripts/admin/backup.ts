import path from "node:path";
import { createBackup, type RestoredBackup, restoreBackup } from "#lib/backup/index.ts";
import { withHostBeforeInstallation } from "#lib/boot/host.ts";
import { createProgress } from "#lib/boot/progress.ts";
import type { Config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { escapeForTerminal } from "#lib/core/escape.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import type { BackupPredicate, KeySet } from "#lib/signing/index.ts";

const maxNamed = 20;

/** Writes a backup of a running or stopped instance and says what is in it. @throws DomainError as createBackup does. */
export async function backUp(ctx: Ctx, config: Config, file: string): Promise<string> {
  const progress = process.stdout.isTTY ? createProgress("Backup") : null;
  const { registryKeyDir, databaseUrl } = config;
  const { predicate, bytes, sha256 } = await createBackup(ctx, {
    file,
    url: databaseUrl ?? "",
    registryKeyDir,
    onTable: (name, at, of) => progress?.step(at + 1, of, name),
  });
  progress?.end();
  return [
    `Written to ${file}: ${countRows(predicate)} rows, ${bytes} bytes, sha256 ${sha256}.`,
    `It is the registry as of ${describeMoment(predicate)}.`,
    ...describeChains(predicate),
    "Not in it: the registry key, the session secret and the revocations seen, which are files. Keep the key apart from it.",
    "In it: e-mail addresses, hashes of passwords and tokens. Only this account can read the file.",
  ].join("\n");
}

/**
 * Fills an empty database with a backup and says what is different now. Nothing is opened before the keys are there.
 * @throws DomainError as restoreBackup does.
 */
export async function restore(config: Config, file: string): Promise<string> {
  const keySet = await readKeys(config.registryKeyDir, config.publicUrl);
  return withHostBeforeInstallation(config, async (ctx, { instanceDir }, ownerUrl) => {
    const progress = process.stdout.isTTY ? createProgress("Restore") : null;
    const restored = await restoreBackup(ctx, {
      file,
      ownerUrl,
      keySet,
      revocationsFile: path.join(instanceDir, "revocations"),
      onTable: (name, at, of) => progress?.step(at + 1, of, name),
    });
    progress?.end();
    return describeRestored(restored).join("\n");
  });
}

async function readKeys(dir: string, registryId: string): Promise<KeySet> {
  return readKeySet(dir, registryId).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new DomainError(
      "conflict",
      `There are no registry keys in ${dir} (REGISTRY_KEY_DIR). Put registry.key and key-set.json back there first: ` +
        "only they tell whether the backup is this registry's. Nothing was restored.",
    );
  });
}

function describeRestored({ predicate, waitingChanges, lostRevocations }: RestoredBackup): string[] {
  return [
    `Restored ${predicate.registry} as of ${describeMoment(predicate)}: ${countRows(predicate)} rows.`,
    ...describeChains(predicate),
    "",
    "Everything done after that is undone: also revocations of versions, tokens and channel addresses, removals of people",
    "and changes of passwords. Do them again before readers reach this registry. Readers that knew a later ledger load",
    "everything anew; clients that keep a copy by updated_since must read the whole list once.",
    "Nobody is signed in, and links that were not used must be made again.",
    ...describeWaiting(waitingChanges),
    ...describeLost(lostRevocations),
  ];
}

function describeWaiting(count: number): string[] {
  if (count === 0) return [];
  return [`${count} changes of policy wait in it; their delays begin again. Cancel those that were cancelled since.`];
}

function describeLost(lost: RestoredBackup["lostRevocations"]): string[] {
  if (lost.length === 0) return [];
  const named = lost.slice(0, maxNamed).map(({ name, version }) => `  ${escapeForTerminal(`${name}@${version}`)}`);
  const more = lost.length > maxNamed ? [`  and ${lost.length - maxNamed} more`] : [];
  return [
    `Readers of this instance have seen ${lost.length} revocations that the backup does not have. They keep these versions hidden,`,
    "others do not. Revoke them again:",
    ...named,
    ...more,
  ];
}

function describeMoment({ createdAt, chains }: BackupPredicate): string {
  const [ledger] = chains;
  return `${createdAt}, event ${ledger?.head.seq} (${ledger?.head.sha256})`;
}

function describeChains({ chains }: BackupPredicate): string[] {
  return chains.map(({ chain, entries, broken, auditHeadsChecked }) => {
    if (broken)
      return `${chain}: BROKEN at event ${broken.seq}: ${escapeForTerminal(broken.reason)}. It is kept as it is.`;
    const compared = chain === "ledger" ? `, ${auditHeadsChecked} countersignatures compared` : "";
    return `${chain}: intact, ${entries} events${compared}.`;
  });
}

function countRows({ tables }: BackupPredicate): number {
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}
