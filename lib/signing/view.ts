/** The identity a verified certificate or key establishes. Every string is attacker-chosen text from a trusted issuer. */
export type VerifiedIdentity =
  | { kind: "key"; hint: string; keyId: string; label: string; algorithm: string }
  | {
      kind: "github-actions";
      issuer: string;
      /** `https://github.com/acme/weather` (.12) */
      repository: string;
      repositoryId: string;
      ownerId: string;
      /** `.github/workflows/release.yml`: the path part of .18 */
      workflow: string;
      /** `refs/tags/v1.2.0` (.14) */
      ref: string;
      /** `push` (.20) */
      trigger: string;
      runnerEnvironment: string | null;
      deploymentEnvironment: string | null;
      sha: string | null;
      /** SAN: the workflow that ran, which for a reusable workflow is not the repository's. */
      subjectAlternativeName: string;
      runUrl: string | null;
    }
  | { kind: "email"; issuer: string; email: string }
  | { kind: "uri"; issuer: string; uri: string };

export type VerificationCheck = { id: string; label: string; detail: string };

export type TrustRootRef = { slug: string; label: string; version: number; sha256: string; demo: boolean };

export type LogEntryView = { logId: string; logIndex: string; integratedTime: string | null };

/** "Signed by": what one publisher bundle proved when it was received. Times are RFC 3339. */
export type SignatureView = {
  bundleSha256: string;
  kind: "dsse" | "message";
  identity: VerifiedIdentity;
  signedAt: string | null;
  receivedAt: string;
  trustRoot: TrustRootRef;
  rule: { id: string; summary: string };
  logEntry: LogEntryView | null;
  checks: VerificationCheck[];
};

/** "Countersigned by". */
export type CountersignatureView = {
  sha256: string;
  state: "approved" | "revoked";
  round: number;
  keyId: string;
  approvedAt: string;
  expiresAt: string | null;
  reviewDigest: string | null;
  auditHead: { seq: number; sha256: string };
  approvers: number;
};
