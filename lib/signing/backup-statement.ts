import { createPrivateKey, createPublicKey } from "node:crypto";
import { z } from "zod";
import { backupPredicateType, STATEMENT_TYPE_V1 } from "#lib/core/identifiers.ts";
import { signStatement } from "#lib/signing/dsse.ts";
import type { KeySet } from "#lib/signing/key-set.ts";
import {
  assertKeyValidAt,
  openRegistryEnvelope,
  type RegistryRefusal,
  RegistryRefused,
} from "#lib/signing/registry-envelope.ts";
import { describeIssue } from "#lib/signing/shape-issue.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(255);
const count = z.number().int().min(0);

const chain = z.strictObject({
  chain: z.enum(["ledger", "refusals"]),
  entries: count,
  head: z.strictObject({ seq: count, sha256, at: z.iso.datetime() }),
  intact: z.boolean(),
  broken: z.strictObject({ seq: count, reason: z.string().max(4096) }).nullable(),
  auditHeadsChecked: count,
});

/** What a backup says of itself. Every field is required and no other is allowed. */
export const BackupPredicate = z.strictObject({
  registry: z.string().max(2048),
  instanceKind: z.enum(["demo", "production", "test"]),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.strictObject({ name, sha256 })).min(1).max(1000),
  /** In the order of the body: names and types of columns, number of rows, digest of the table's lines. */
  tables: z
    .array(
      z.strictObject({
        name,
        columns: z
          .array(z.tuple([name, name]))
          .min(1)
          .max(200),
        rows: count,
        sha256,
      }),
    )
    .min(1)
    .max(200),
  /** Both chains as they were judged when the backup was made. */
  chains: z.array(chain).length(2),
});
export type BackupPredicate = z.infer<typeof BackupPredicate>;

export type BackupVerdict =
  | { ok: true; predicate: BackupPredicate /** Hex, of the backup's body. */; bodySha256: string }
  | { ok: false; code: RegistryRefusal; detail: string };

const subjectName = "backup-body";

/**
 * Signs what a backup says of itself, over the digest of its body. Does not check that any of it is true.
 * @param options.bodySha256 hex SHA-256 of the body's bytes as they are in the file.
 * @param options.privateKeyPem PKCS8, P-256.
 * @throws ZodError when the predicate is not complete.
 */
export function signBackup(options: { predicate: BackupPredicate; bodySha256: string; privateKeyPem: string }): Buffer {
  const predicate = BackupPredicate.parse(options.predicate);
  const privateKey = createPrivateKey(options.privateKeyPem);
  const statement = {
    _type: STATEMENT_TYPE_V1,
    subject: [{ name: subjectName, digest: { sha256: options.bodySha256 } }],
    predicateType: backupPredicateType(predicate.registry),
    predicate,
  };
  return signStatement(statement, privateKey, createPublicKey(privateKey));
}

/**
 * Checks the statement of a backup by the keys given: signature, exact statement, this registry, key valid when it was
 * made. Does not look at the body: compare `bodySha256`. Never throws for bad input.
 */
export function verifyBackup(options: { bundleBytes: Uint8Array; keySet: KeySet; registryId: string }): BackupVerdict {
  try {
    const { statement, key } = openRegistryEnvelope(options.bundleBytes, options.keySet);
    const [subject, ...others] = statement.subject;
    if (subject?.name !== subjectName || others.length > 0) {
      throw new RegistryRefused("statement-malformed", "its subject is not the body of a backup");
    }
    if (statement.predicateType !== backupPredicateType(options.registryId)) {
      throw new RegistryRefused("predicate-type", "not a backup of this registry");
    }
    const parsed = BackupPredicate.safeParse(statement.predicate);
    if (!parsed.success) throw new RegistryRefused("predicate", `unexpected shape at ${describeIssue(parsed.error)}`);
    if (parsed.data.registry !== options.registryId) {
      throw new RegistryRefused("wrong-registry", "a backup of another registry");
    }
    assertKeyValidAt(key, parsed.data.createdAt);
    return { ok: true, predicate: parsed.data, bodySha256: subject.digest.sha256 };
  } catch (error) {
    if (error instanceof RegistryRefused) return { ok: false, code: error.code, detail: error.detail };
    return { ok: false, code: "malformed", detail: "the document could not be read" };
  }
}
