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

/** Whatever the record is: it was refused because it is not what it should be. */
function toRefused(record: VersionRecord | null, error: unknown): RefusedRow {
  return { version: String(record?.version), reason: error instanceof Error ? error.message : String(error) };
}
