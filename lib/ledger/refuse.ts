import { canonicalBytes } from "#lib/core/canonical-json.ts";
import type { Ctx } from "#lib/core/context.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { actorFacts } from "#lib/ledger/actor.ts";
import { boundDetails, boundText } from "#lib/ledger/bounded.ts";
import type { RefusalKind } from "#lib/ledger/refusal-kinds.ts";
import { admitRefusal, refusalSource, type Suppressed } from "#lib/ledger/refusal-window.ts";
import { insertRefusalEntry, lockRefusalHead, moveRefusalHead } from "#lib/ledger/store.ts";

export type Refusal = {
  kind: RefusalKind;
  namespace?: string;
  /** What was refused (or, of `signed-in`, who it was), for people; text from outside is bounded here. */
  subject: string;
  /** Facts an auditor needs: the check that failed, a *verified* identity. Never a secret. At most 16 KiB. */
  details: Record<string, unknown>;
};

/**
 * Records a refusal in its own chain and its own transaction; the ledger's lock is never touched. Beyond the limits of
 * `admitRefusal` it is only counted, so nobody can fill the chain by being refused.
 * @returns the entry's number, or null when it was only counted.
 */
export async function recordRefusal(ctx: Ctx, refusal: Refusal): Promise<{ seq: number } | null> {
  const source = refusalSource(ctx.actor, ctx.address);
  const namespace = refusal.namespace === undefined ? null : boundText(refusal.namespace, 200);
  return transact(async (tx) => {
    const now = ctx.now();
    const bySource = await admitRefusal(tx, { scope: "source", kind: refusal.kind, namespace, source }, now);
    if (!bySource.admitted) return null;
    const byKind = await admitRefusal(tx, { scope: "kind", kind: refusal.kind }, now);
    if (!byKind.admitted) return null;
    const suppressed = [bySource.suppressed, byKind.suppressed].filter((item) => item !== null);
    return appendRefusal(tx, ctx, { ...refusal, namespace, source, suppressed });
  });
}

export type RefusalEvent = {
  kind: RefusalKind;
  namespace: string | null;
  source: string;
  subject: string;
  details: Record<string, unknown>;
  suppressed: Suppressed[];
};

/** Appends to the refusal chain under its own row lock. Limits are the caller's business. */
export async function appendRefusal(tx: Tx, ctx: Ctx, event: RefusalEvent): Promise<{ seq: number }> {
  const head = await lockRefusalHead(tx);
  const seq = head.seq + 1n;
  const at = new Date(Math.max(ctx.now().getTime(), head.at.getTime() + 1));
  const subject = boundText(event.subject, 300);
  const body = canonicalBytes({
    seq: Number(seq),
    at: at.toISOString(),
    prev: head.sha256,
    kind: event.kind,
    actor: actorFacts(ctx.actor),
    source: event.source,
    address: ctx.address,
    requestId: ctx.requestId,
    subject,
    ...(event.namespace === null ? {} : { namespace: event.namespace }),
    details: boundDetails(event.details),
    ...(event.suppressed.length === 0 ? {} : { suppressed: event.suppressed }),
  });
  const next = { seq, at, sha256: sha256Hex(body) };
  const { kind, namespace } = event;
  await insertRefusalEntry(tx, { ...next, kind, namespace, subject, body, prevSha256: head.sha256 });
  await moveRefusalHead(tx, next);
  return { seq: Number(seq) };
}
