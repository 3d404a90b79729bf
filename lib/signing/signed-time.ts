import type { Bundle } from "@sigstore/bundle";
import { RFC3161Timestamp } from "@sigstore/core";
import { refuse } from "#lib/signing/refusal.ts";
import type { BundleKind } from "#lib/signing/upload.ts";
import type { LogEntryView } from "#lib/signing/view.ts";

const minuteMs = 60_000;
const maxAheadMs = 5 * minuteMs;
const maxAgeMs: Record<BundleKind, number> = { dsse: 24 * 60 * minuteMs, message: 15 * minuteMs };

export type SignedTimes = { earliest: number; latest: number };

/**
 * Times that verification proved: log entries with an inclusion promise, and RFC 3161 timestamps. Call it only after
 * the library verified the bundle, which vouches for every one of them. Null when there is none.
 */
export function readSignedTimes(bundle: Bundle): SignedTimes | null {
  const { tlogEntries, timestampVerificationData } = bundle.verificationMaterial;
  const logged = tlogEntries
    .filter((entry) => entry.inclusionPromise && entry.integratedTime !== "0")
    .map((entry) => Number(entry.integratedTime) * 1000);
  const stamped = (timestampVerificationData?.rfc3161Timestamps ?? []).map((stamp) =>
    RFC3161Timestamp.parse(Buffer.from(stamp.signedTimestamp)).signingTime.getTime(),
  );
  const times = [...logged, ...stamped];
  return times.length === 0 ? null : { earliest: Math.min(...times), latest: Math.max(...times) };
}

/**
 * Freshness at upload. A publish statement names registry, name and version, so it may wait a day for its upload; a
 * bare signature over the file says nothing about publishing and is taken for minutes only.
 * @param now milliseconds since the epoch
 * @throws Refusal
 */
export function assertFresh(times: SignedTimes, kind: BundleKind, now: number): void {
  if (times.latest > now + maxAheadMs) refuse("signed-in-future", "time", "the signature is dated in the future");
  if (now - times.earliest <= maxAgeMs[kind]) return;
  const limit = kind === "dsse" ? "24 hours" : "15 minutes, the limit for a bare signature";
  refuse("signed-too-long-ago", "time", `the signature is older than ${limit}; sign again`);
}

/**
 * The first log entry as people see it. The outer index is covered by the inclusion promise alone, so without one the
 * index of the inclusion proof is shown.
 */
export function readLogEntry(bundle: Bundle): LogEntryView | null {
  const [entry] = bundle.verificationMaterial.tlogEntries;
  if (!entry) return null;
  const promised = entry.inclusionPromise !== undefined && entry.integratedTime !== "0";
  return {
    logId: entry.logId.keyId.toString("hex"),
    logIndex: promised ? entry.logIndex : (entry.inclusionProof?.logIndex ?? entry.logIndex),
    integratedTime: promised ? new Date(Number(entry.integratedTime) * 1000).toISOString() : null,
  };
}
