import type { Actor } from "#lib/core/context.ts";
import { toNetwork } from "#lib/core/network.ts";
import type { Tx } from "#lib/db/transact.ts";
import type { RefusalKind } from "#lib/ledger/refusal-kinds.ts";
import { bumpWindow } from "#lib/ledger/store.ts";

export const refusalWindowMs = 10 * 60_000;

const limits = { source: 20, kind: 300 } as const;

/** Entries that were counted and not written, for the next written one to state. */
export type Suppressed = { count: number; since: string };

export type Admission = { admitted: boolean; suppressed: Suppressed | null };

/** A counter's key says by itself what it counts, so that closing a window needs nothing else. */
export type WindowKey =
  | { scope: "source"; kind: RefusalKind; namespace: string | null; source: string }
  | { scope: "kind"; kind: RefusalKind };

const prefix = "refusal:";

export function encodeWindowKey(key: WindowKey): string {
  const parts = key.scope === "kind" ? [key.kind] : [key.kind, key.namespace, key.source];
  return prefix + JSON.stringify(parts);
}

/** @returns null for a key that is not one of ours. */
export function decodeWindowKey(text: string): WindowKey | null {
  if (!text.startsWith(prefix)) return null;
  const parts = JSON.parse(text.slice(prefix.length)) as unknown[];
  const kind = parts[0] as RefusalKind;
  if (parts.length === 1) return { scope: "kind", kind };
  return { scope: "source", kind, namespace: parts[1] as string | null, source: String(parts[2]) };
}

/** How many of `count` refusals in one window were not written. */
export function suppressedOf(key: WindowKey, count: number): number {
  return Math.max(0, count - limits[key.scope]);
}

/**
 * Counts one refusal in its fixed window and says whether it may be written: at most 20 per kind, source and namespace,
 * and 300 per kind, in ten minutes. What is counted without being written is stated by the next entry.
 */
export async function admitRefusal(tx: Tx, key: WindowKey, now: Date): Promise<Admission> {
  const before = await bumpWindow(tx, encodeWindowKey(key), now, refusalWindowMs);
  const missed = before.closed ? suppressedOf(key, before.closed.count) : 0;
  return {
    admitted: before.count <= limits[key.scope],
    suppressed: before.closed && missed > 0 ? { count: missed, since: before.closed.since.toISOString() } : null,
  };
}

/** Who or where a refusal came from: the account, else the token, else the address (an IPv6 one by its /64). */
export function refusalSource(actor: Actor, address: string | null): string {
  if (actor.kind === "person") return `person:${actor.personId}`;
  if (actor.kind === "token") return `token:${actor.tokenId}`;
  return `address:${toNetwork(address)}`;
}
