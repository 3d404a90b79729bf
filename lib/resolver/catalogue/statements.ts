import type { Digest } from "#lib/core/digest.ts";
import type { ApprovalRecord } from "#lib/resolver/source.ts";
import { type VerifiedApproval, verifyApproval } from "#lib/signing/approval.ts";
import type { KeySet } from "#lib/signing/index.ts";

export type SignedStatement = { statement: VerifiedApproval; bundle: Uint8Array };

/** Every countersignature of one version, lowest round first, each verified. */
export type VerifiedStatements = {
  first: VerifiedApproval;
  newest: VerifiedApproval;
  /** The signed revocation with its bytes, once there is one: it holds for ever. */
  revocation: SignedStatement | null;
};

/** A row that contradicts what was signed. The message is for the alarm in the log alone. */
export class RowRefused extends Error {}

export type StatementSubject = { name: string; version: string; manifestDigest: Digest };
export type Trust = { keySet: KeySet; registryId: string };

/**
 * Verifies all countersignatures stored for a version. One that fails refuses the version: a row that cannot be read
 * might be the revocation. Rounds must run from 1 without gaps to `newestRound`, so that none can be taken away.
 * @throws RowRefused naming the first contradiction.
 */
export function verifyStatements(
  records: readonly ApprovalRecord[],
  subject: StatementSubject,
  newestRound: number,
  trust: Trust,
): VerifiedStatements {
  const ordered = records
    .toSorted((a, b) => a.round - b.round)
    .map((record) => verifyStatement(record, subject, trust));
  const first = ordered[0]?.statement;
  const newest = ordered.at(-1)?.statement;
  if (!first || !newest) throw new RowRefused("no countersignature");
  for (const [index, { statement }] of ordered.entries()) {
    if (statement.predicate.round !== index + 1)
      throw new RowRefused(`countersignature of round ${index + 1} is missing`);
  }
  if (newest.predicate.round !== newestRound) throw new RowRefused("the newest countersignature is missing");
  const revocation = ordered.find(({ statement }) => statement.predicate.state === "revoked") ?? null;
  return { first, newest, revocation };
}

function verifyStatement(record: ApprovalRecord, subject: StatementSubject, trust: Trust): SignedStatement {
  if (!record.bundle) throw new RowRefused("countersignature is larger than any real one");
  const verdict = verifyApproval({ bundleBytes: record.bundle, ...trust });
  if (!verdict.ok) throw new RowRefused(`countersignature refused: ${verdict.code}`);
  const { predicate, manifestDigest, sha256 } = verdict.approval;
  const same =
    predicate.registry === trust.registryId &&
    predicate.name === subject.name &&
    predicate.version === subject.version &&
    predicate.round === record.round &&
    predicate.state === record.state &&
    sha256 === record.sha256 &&
    manifestDigest === subject.manifestDigest;
  if (!same) throw new RowRefused("countersignature is about something else");
  return { statement: verdict.approval, bundle: record.bundle };
}
