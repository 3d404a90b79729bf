import { createPrivateKey, createPublicKey, timingSafeEqual } from "node:crypto";
import { type Digest, isDigest, sha256Hex } from "#lib/core/digest.ts";
import { approvalPredicateType, STATEMENT_TYPE_V1 } from "#lib/core/identifiers.ts";
import { ApprovalPredicate } from "#lib/signing/approval-predicate.ts";
import { signStatement } from "#lib/signing/dsse.ts";
import type { KeySet } from "#lib/signing/key-set.ts";
import {
  assertKeyValidAt,
  openRegistryEnvelope,
  type RegistryRefusal,
  RegistryRefused,
  type RegistryStatement,
} from "#lib/signing/registry-envelope.ts";
import { describeIssue } from "#lib/signing/shape-issue.ts";

export type VerifiedApproval = {
  predicate: ApprovalPredicate;
  manifestDigest: Digest;
  /** Hex SHA-256 of the SPKI DER of the key that signed. */
  keyId: string;
  /** Hex SHA-256 of the bundle bytes. */
  sha256: string;
};

export type ApprovalVerdict =
  | { ok: true; approval: VerifiedApproval }
  | { ok: false; code: RegistryRefusal; detail: string };

type Subject = RegistryStatement["subject"][number];

/**
 * Countersigns: one in-toto statement v1 over the manifest and every pin with a digest, as a Sigstore bundle that
 * `cosign verify-blob-attestation --key … --private-infrastructure` reads. Synchronous, to be called inside the
 * transaction that approves. Does not check that what it says is true.
 * @param options.privateKeyPem PKCS8, P-256.
 * @throws ZodError when the predicate is not complete, Error when the key is not P-256.
 */
export function signApproval(options: {
  predicate: ApprovalPredicate;
  manifestDigest: Digest;
  privateKeyPem: string;
}): Buffer {
  const predicate = ApprovalPredicate.parse(options.predicate);
  if (!isDigest(options.manifestDigest)) throw new TypeError("manifest digest is not sha256:<64 hex>");
  const privateKey = createPrivateKey(options.privateKeyPem);
  if (privateKey.asymmetricKeyDetails?.namedCurve !== "prime256v1") throw new TypeError("registry key is not P-256");
  const statement = {
    _type: STATEMENT_TYPE_V1,
    subject: toSubjects(predicate, options.manifestDigest),
    predicateType: approvalPredicateType(predicate.registry),
    predicate,
  };
  return signStatement(statement, privateKey, createPublicKey(privateKey));
}

/**
 * Checks a countersignature by the keys given: signature, exact statement, this registry, key valid at `approvedAt`.
 * Says nothing about expiry, state, newer rounds or whether it is of the manifest at hand: compare `manifestDigest`,
 * `predicate.state`, `predicate.expiresAt` and name and version with what you have. Never throws for bad input.
 */
export function verifyApproval(options: {
  bundleBytes: Uint8Array;
  keySet: KeySet;
  registryId: string;
}): ApprovalVerdict {
  try {
    const { statement, key } = openRegistryEnvelope(options.bundleBytes, options.keySet);
    const predicate = readPredicate(statement, options.registryId);
    assertKeyValidAt(key, predicate.approvedAt);
    const manifestDigest = readManifestDigest(statement.subject, predicate);
    return {
      ok: true,
      approval: { predicate, manifestDigest, keyId: key.keyId, sha256: sha256Hex(options.bundleBytes) },
    };
  } catch (error) {
    if (error instanceof RegistryRefused) return { ok: false, code: error.code, detail: error.detail };
    return { ok: false, code: "malformed", detail: "the document could not be read" };
  }
}

function readPredicate(statement: RegistryStatement, registryId: string): ApprovalPredicate {
  if (statement.predicateType !== approvalPredicateType(registryId)) {
    throw new RegistryRefused("predicate-type", "not an approval by this registry");
  }
  const parsed = ApprovalPredicate.safeParse(statement.predicate);
  if (!parsed.success) throw new RegistryRefused("predicate", `unexpected shape at ${describeIssue(parsed.error)}`);
  if (parsed.data.registry !== registryId) throw new RegistryRefused("wrong-registry", "signed for another registry");
  return parsed.data;
}

function readManifestDigest(subjects: readonly Subject[], predicate: ApprovalPredicate): Digest {
  const digest: Digest = `sha256:${subjects[0]?.digest.sha256 ?? ""}`;
  const expected = Buffer.from(JSON.stringify(toSubjects(predicate, digest)));
  const actual = Buffer.from(JSON.stringify(subjects));
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
    throw new RegistryRefused("statement-malformed", "the subjects are not the manifest and its pins");
  }
  return digest;
}

function toSubjects(predicate: ApprovalPredicate, manifestDigest: Digest): Subject[] {
  const pins = predicate.pins.entries.flatMap(({ registryType, identifier, version, digest }) =>
    digest === null ? [] : [toSubject(`${registryType}:${identifier}${version === null ? "" : `@${version}`}`, digest)],
  );
  return [toSubject(`${predicate.name}@${predicate.version}/server.json`, manifestDigest), ...pins];
}

function toSubject(name: string, digest: string): Subject {
  return { name, digest: { sha256: digest.slice("sha256:".length) } };
}
