import { isDigest } from "#lib/core/digest.ts";
import { readChain } from "#lib/ledger/export.ts";
import type { LedgerRow, RefusalRow } from "#lib/ledger/store.ts";
import { type ChainEntry, type ChainLink, chainStart, isTime } from "#lib/ledger/verify/entry.ts";
import { type ChainReader, databaseReader } from "#lib/ledger/verify/reader.ts";
import { type Break, type WalkResult, type Witness, walkChain } from "#lib/ledger/verify/walk.ts";
import { collectWitnesses, type HandedIn, type Trust } from "#lib/ledger/verify/witnesses.ts";
import type { ChainName, ChainStateView } from "#lib/ledger/view.ts";

/**
 * Walks both chains from their first event. The ledger is also compared with its recorded head and with the head named
 * in every countersignature, stored or handed in, that verifies with `trust.keySet`. Costs one read of everything;
 * writers are not held up, and what they append meanwhile is judged too or left out, never reported.
 * @param reader where the chains are: this process's database unless told otherwise.
 */
export async function verifyChains(
  trust: Trust,
  handedIn: readonly HandedIn[] = [],
  reader: ChainReader = databaseReader,
): Promise<ChainStateView[]> {
  const witnesses = await collectWitnesses(trust, handedIn, reader);
  const before = await reader.readHeads();
  const ledger = await walkChain(readEntries(reader.readLedgerAfter, ledgerColumns), [
    ...witnesses.found,
    ...toWitness(before.ledger),
  ]);
  const refusals = await walkChain(readEntries(reader.readRefusalsAfter, refusalColumns), toWitness(before.refusals));
  const after = await reader.readHeads();
  return [
    toState("ledger", ledger, after.ledger, witnesses.unreadable, witnesses.found.length),
    toState("refusals", refusals, after.refusals, null, 0),
  ];
}

function toWitness(head: ChainLink | null): Witness[] {
  return head && isLegible(head) ? [{ seq: Number(head.seq), sha256: head.sha256, source: "the recorded head" }] : [];
}

function toState(
  chain: ChainName,
  walk: WalkResult,
  head: ChainLink | null,
  unreadable: Break | null,
  auditHeadsChecked: number,
): ChainStateView {
  const broken = walk.broken ?? checkHead(walk.last, head) ?? unreadable;
  const shown = head && isLegible(head) ? head : { ...chainStart, seq: head?.seq ?? chainStart.seq };
  return {
    chain,
    entries: walk.entries,
    head: { seq: Number(shown.seq), sha256: shown.sha256, at: shown.at.toISOString() },
    intact: broken === null,
    broken,
    auditHeadsChecked,
  };
}

/** Whether it can be written down: somebody who writes into the database may have put anything there. */
function isLegible({ at, sha256 }: ChainLink): boolean {
  return isTime(at) && isDigest(`sha256:${sha256}`);
}

/** The head read after the walk may be ahead of it, never behind. */
function checkHead(last: ChainLink, head: ChainLink | null): Break | null {
  if (!head) return { seq: Number(last.seq) + 1, reason: "the recorded head is missing" };
  if (!isLegible(head)) return { seq: Number(head.seq), reason: "the recorded head is without digest or time" };
  if (head.seq < last.seq) return { seq: Number(head.seq) + 1, reason: `the recorded head is event ${head.seq}` };
  if (head.seq > last.seq) return null;
  const same = head.sha256 === last.sha256 && head.at.getTime() === last.at.getTime();
  return same ? null : { seq: Number(last.seq), reason: "the recorded head has another digest or time" };
}

async function* readEntries<Row extends LedgerRow | RefusalRow>(
  read: (after: bigint, limit: number) => Promise<Row[]>,
  toColumns: (row: Row) => ChainEntry["columns"],
): AsyncIterable<ChainEntry> {
  for await (const row of readChain(read, null)) yield { ...row, columns: toColumns(row) };
}

function ledgerColumns(row: LedgerRow): ChainEntry["columns"] {
  const { action, subject, namespace, serverName, actorLabel } = row;
  return { action, subject, namespace, server: serverName, "actor.label": actorLabel };
}

function refusalColumns({ kind, subject, namespace }: RefusalRow): ChainEntry["columns"] {
  return { kind, subject, namespace };
}
