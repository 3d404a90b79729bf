import { createPrivateKey, createPublicKey } from "node:crypto";
import { z } from "zod";
import { keyRotationPredicateType, STATEMENT_TYPE_V1 } from "#lib/core/identifiers.ts";
import { signStatement } from "#lib/signing/dsse.ts";
import { importRegistryKey, type KeySet, type RegistryPublicKey, registryKeyId } from "#lib/signing/key-set.ts";
import { openRegistryEnvelope, type RegistryRefusal, RegistryRefused } from "#lib/signing/registry-envelope.ts";

const Predicate = z.strictObject({
  registry: z.string().max(2048),
  fromKeyId: z.string(),
  toKeyId: z.string(),
  notBefore: z.iso.datetime(),
});

export type RotationVerdict = { ok: true } | { ok: false; code: RegistryRefusal; detail: string };

/**
 * The old key vouches for its successor. Returns bundle bytes; store them base64 as the new key's `rotation`.
 * @param options.notBefore RFC 3339: from when the new key signs.
 */
export function signKeyRotation(options: {
  registryId: string;
  oldPrivateKeyPem: string;
  newSpkiPem: string;
  notBefore: string;
}): Buffer {
  const privateKey = createPrivateKey(options.oldPrivateKeyPem);
  const publicKey = createPublicKey(privateKey);
  const toKeyId = registryKeyId(createPublicKey(options.newSpkiPem));
  const { registryId: registry, notBefore } = options;
  const statement = {
    _type: STATEMENT_TYPE_V1,
    subject: [{ name: "registry-key", digest: { sha256: toKeyId } }],
    predicateType: keyRotationPredicateType(registry),
    predicate: { registry, fromKeyId: registryKeyId(publicKey), toKeyId, notBefore },
  };
  return signStatement(statement, privateKey, publicKey);
}

/**
 * Whether `offered` may replace `pinned`: every pinned key is still there with the same bytes and start, none became
 * longer-lived or less revoked, and every new key is vouched for by one that is trusted already, not revoked, and has
 * vouched for no other: a key that was stolen after its successor took over brings nobody else in.
 * A set that fails must be refused and looked at by a person, never pinned anew by itself.
 */
export function verifyKeyRotation(options: { pinned: KeySet; offered: KeySet; registryId: string }): RotationVerdict {
  try {
    for (const key of options.pinned.keys) assertKept(key, options.offered);
    assertNoRepeats(options.offered);
    const trusted = options.offered.keys.filter((key) => findKey(options.pinned, key.keyId));
    const spent = new Set(trusted.map((key) => findVoucher(key, { keys: trusted }, options.registryId)));
    let waiting = options.offered.keys.filter((key) => !trusted.includes(key));
    while (waiting.length > 0) {
      const voucherOf = (key: RegistryPublicKey) => findVoucher(key, { keys: trusted }, options.registryId);
      const next = waiting.find((key) => voucherOf(key) !== null);
      if (!next) throw new RegistryRefused("key-unknown", "a new key is not vouched for by a trusted one");
      if (spent.has(voucherOf(next))) throw new RegistryRefused("key-unknown", "one key vouches for two successors");
      spent.add(voucherOf(next));
      trusted.push(next);
      waiting = waiting.filter((key) => key !== next);
    }
    return { ok: true };
  } catch (error) {
    if (error instanceof RegistryRefused) return { ok: false, code: error.code, detail: error.detail };
    return { ok: false, code: "malformed", detail: "the key set could not be read" };
  }
}

function assertKept(pinned: RegistryPublicKey, offered: KeySet): void {
  const now = findKey(offered, pinned.keyId);
  if (!now) throw new RegistryRefused("wrong-key", "a pinned key is gone from the key set");
  if (now.notBefore !== pinned.notBefore || now.rotation !== pinned.rotation) {
    throw new RegistryRefused("wrong-key", "a pinned key changed");
  }
  if (isLater(now.notAfter, pinned.notAfter) || isLater(now.revokedAt, pinned.revokedAt)) {
    throw new RegistryRefused("wrong-key", "a pinned key was given back validity it had lost");
  }
}

/** Later, where no date at all is the latest. */
function isLater(now: string | null, before: string | null): boolean {
  if (before === null) return false;
  return now === null || Date.parse(now) > Date.parse(before);
}

function assertNoRepeats({ keys }: KeySet): void {
  for (const key of keys) importRegistryKey(key);
  if (new Set(keys.map((key) => key.keyId)).size !== keys.length)
    throw new RegistryRefused("wrong-key", "repeated key");
}

/** Id of the trusted key that vouches for this one, or null. */
function findVoucher(key: RegistryPublicKey, trusted: KeySet, registryId: string): string | null {
  if (key.rotation === null) return null;
  try {
    const { statement, key: signer } = openRegistryEnvelope(Buffer.from(key.rotation, "base64"), trusted);
    const predicate = Predicate.parse(statement.predicate);
    const vouched =
      statement.predicateType === keyRotationPredicateType(registryId) &&
      predicate.registry === registryId &&
      predicate.fromKeyId === signer.keyId &&
      predicate.toKeyId === key.keyId &&
      predicate.notBefore === key.notBefore &&
      statement.subject.length === 1 &&
      statement.subject[0]?.digest.sha256 === key.keyId;
    return vouched ? signer.keyId : null;
  } catch {
    return null;
  }
}

function findKey({ keys }: KeySet, keyId: string): RegistryPublicKey | undefined {
  return keys.find((key) => key.keyId === keyId);
}
