import { setImmediate as nextTurn } from "node:timers/promises";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import { type VerifiedVersion, verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { ServerRecord, VersionRecord } from "#lib/resolver/source.ts";

/** A row that must not be shown, and why: for the alarm in the log alone. */
export type RefusedRow = { version: string; reason: string };

/** What is left of a server's rows once each was checked. */
export type VerifiedServer = { name: string; versions: VerifiedVersion[]; refused: RefusedRow[] };

/** Checks every row of a server by `verifyVersion`. Never throws: one row that fails holds up no other. */
export function verifyServer({ name, versions }: ServerRecord, trust: Trust): VerifiedServer {
  const refused: RefusedRow[] = [];
  const verified = versions.flatMap((record) => {
    try {
      return verifyVersion(name, record, trust);
    } catch (error) {
      refused.push(toRefused(record, error));
      return [];
    }
  });
  return { name, versions: verified, refused };
}

/** About 10 ms of verification. */
const versionsPerTurn = 64;

/** As verifyServer, letting whatever else waits have its turn after each few versions. */
export async function verifyServerInTurns({ name, versions }: ServerRecord, trust: Trust): Promise<VerifiedServer> {
  const whole: VerifiedServer = { name, versions: [], refused: [] };
  for (let at = 0; at < versions.length; at += versionsPerTurn) {
    if (at > 0) await nextTurn();
    const part = verifyServer({ name, versions: versions.slice(at, at + versionsPerTurn) }, trust);
    whole.versions.push(...part.versions);
    whole.refused.push(...part.refused);
  }
  return whole;
}

/** Whatever the record is: it was refused because it is not what it should be. */
function toRefused(record: VersionRecord | null, error: unknown): RefusedRow {
  return { version: String(record?.version), reason: error instanceof Error ? error.message : String(error) };
}
