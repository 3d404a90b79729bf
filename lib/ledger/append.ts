import { canonicalBytes } from "#lib/core/canonical-json.ts";
import type { Ctx } from "#lib/core/context.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import type { Tx } from "#lib/db/transact.ts";
import type { LedgerAction } from "#lib/ledger/actions.ts";
import { actorFacts, actorLabel } from "#lib/ledger/actor.ts";
import { insertLedgerEntry, lockHead, moveHead } from "#lib/ledger/store.ts";

export type LedgerHead = { seq: bigint; at: Date; sha256: string };

export type LedgerEvent = {
  action: LedgerAction;
  /** What it is about, for people: `io.github.acme/weather@1.2.0`, `ann@example.com`. */
  subject: string;
  /** Set when readers must look at this server again. */
  serverName?: string;
  namespace?: string;
  /** Public facts of the event. Never a secret, never a token. */
  details: Record<string, unknown>;
};

/**
 * Takes the ledger's lock until the transaction ends and returns its head. Take it as late as possible: every other
 * writer waits. Needed before `appendLedger` only where something signed must name the head (`auditHead`).
 */
export async function lockLedger(tx: Tx): Promise<LedgerHead> {
  return lockHead(tx);
}

/**
 * Appends one event as the last step of a verb's transaction. Numbers have no gaps, times strictly increase by at least
 * a millisecond even when the clock steps back, and the entry's digest covers the digest of the entry before it.
 * @returns the new head: `at` is the time readers see as `updatedAt`.
 */
export async function appendLedger(tx: Tx, ctx: Ctx, event: LedgerEvent): Promise<LedgerHead> {
  const head = await lockHead(tx);
  const seq = head.seq + 1n;
  const at = new Date(Math.max(ctx.now().getTime(), head.at.getTime() + 1));
  const body = canonicalBytes({
    seq: Number(seq),
    at: at.toISOString(),
    prev: head.sha256,
    action: event.action,
    actor: actorFacts(ctx.actor),
    address: ctx.address,
    requestId: ctx.requestId,
    subject: event.subject,
    ...(event.serverName === undefined ? {} : { server: event.serverName }),
    ...(event.namespace === undefined ? {} : { namespace: event.namespace }),
    details: event.details,
  });
  const next = { seq, at, sha256: sha256Hex(body) };
  await insertLedgerEntry(tx, {
    ...next,
    action: event.action,
    actorLabel: actorLabel(ctx.actor),
    serverName: event.serverName ?? null,
    namespace: event.namespace ?? null,
    subject: event.subject,
    body,
    prevSha256: head.sha256,
  });
  await moveHead(tx, next);
  return next;
}
