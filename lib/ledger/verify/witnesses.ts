import type { ChainReader } from "#lib/ledger/verify/reader.ts";
import type { Break, Witness } from "#lib/ledger/verify/walk.ts";
import type { KeySet } from "#lib/signing/index.ts";
import { verifyApproval } from "#lib/signing/index.ts";

/** Few, because each may be as large as the database lets a countersignature be: a megabyte. */
const batch = 50;
/** What is longer is no digest. */
const sha256Chars = 64;

/** A countersignature handed in by somebody who kept it; `label` names it in reports. */
export type HandedIn = { label: string; bytes: Uint8Array };

export type Witnesses = { found: Witness[]; unreadable: Break | null };

export type Trust = { keySet: KeySet; registryId: string };

/**
 * The ledger head named in every countersignature stored here and in those handed in. Only a countersignature that
 * verifies with the registry's own public keys is a witness; one that does not is reported, because somebody who can
 * rewrite the ledger can also rewrite the rows beside it.
 */
export async function collectWitnesses(
  trust: Trust,
  handedIn: readonly HandedIn[],
  reader: Pick<ChainReader, "readCountersignaturesAfter">,
): Promise<Witnesses> {
  const result: Witnesses = { found: [], unreadable: null };
  for (const { label, bytes } of handedIn) add(result, trust, label, bytes);
  for (let after: string | null = null; ; ) {
    const rows = await reader.readCountersignaturesAfter(after, batch);
    for (const row of rows)
      add(result, trust, `countersignature sha256:${row.sha256.slice(0, sha256Chars)}`, row.bundle);
    const last = rows.at(-1);
    if (!last || rows.length < batch) return result;
    after = last.id;
  }
}

function add(result: Witnesses, trust: Trust, source: string, bundleBytes: Uint8Array): void {
  const verdict = verifyApproval({ bundleBytes, keySet: trust.keySet, registryId: trust.registryId });
  if (verdict.ok) result.found.push({ ...verdict.approval.predicate.auditHead, source });
  else result.unreadable ??= { seq: 0, reason: `${source} does not verify (${verdict.code})` };
}
