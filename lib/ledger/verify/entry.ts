import { sha256Hex } from "#lib/core/digest.ts";

/** One row of a chain: its columns are for lists, `body` is what counts. */
export type ChainEntry = {
  seq: bigint;
  at: Date;
  sha256: string;
  prevSha256: string;
  body: Uint8Array;
  /** What the columns say, by the path of the same fact in the body. */
  columns: Record<string, string | null>;
};

export type ChainLink = { seq: bigint; at: Date; sha256: string };

/** Drivers give something else for a time that is none, such as `infinity`. */
export function isTime(at: unknown): at is Date {
  return at instanceof Date && !Number.isNaN(at.getTime());
}

/** What comes before the first entry. */
export const chainStart: ChainLink = { seq: 0n, at: new Date(0), sha256: "0".repeat(64) };

/**
 * Says what is wrong with an entry that should follow `previous`, or null. Checked: number, digest of the bytes, digest
 * of the entry before in row and bytes, strictly later time, and that the columns people read say what the bytes say.
 */
export function checkEntry(previous: ChainLink, entry: ChainEntry): string | null {
  if (entry.seq !== previous.seq + 1n) return `number ${entry.seq} follows ${previous.seq}`;
  if (!isTime(entry.at)) return "it has no time";
  if (sha256Hex(entry.body) !== entry.sha256) return "its bytes do not have its digest";
  if (entry.prevSha256 !== previous.sha256) return "it does not name the digest of the event before";
  const body = parseBody(entry.body);
  if (!body) return "its bytes are not an event";
  if (body.prev !== previous.sha256) return "its bytes do not name the digest of the event before";
  if (body.seq !== Number(entry.seq)) return "its bytes have another number";
  if (body.at !== entry.at.toISOString()) return "its bytes have another time";
  if (entry.at.getTime() <= previous.at.getTime()) return "its time is not later than that of the event before";
  const differing = Object.entries(entry.columns).find(([path, value]) => readPath(body, path) !== value);
  return differing ? `its ${differing[0]} differs from its bytes` : null;
}

function parseBody(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function readPath(body: Record<string, unknown>, path: string): unknown {
  const read = (value: unknown, key: string) =>
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return path.split(".").reduce<unknown>(read, body) ?? null;
}
