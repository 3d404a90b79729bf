import { describe, expect, test } from "vitest";
import { signKeyRotation, verifyKeyRotation } from "#lib/signing/key-rotation.ts";
import { encodeKeySet, parseKeySet, type RegistryPublicKey } from "#lib/signing/key-set.ts";
import { makeRegistryKey } from "#lib/testing/signing/approvals.ts";
import { registryId } from "#lib/testing/signing/workshop.ts";

const notBefore = "2026-06-01T00:00:00.000Z";
const first = makeRegistryKey();
const second = makeRegistryKey({ notBefore });
const third = makeRegistryKey({ notBefore });

function vouch(
  by: typeof first,
  successor: typeof first,
  changes: { registryId?: string; notBefore?: string } = {},
): string {
  const options = { registryId, notBefore, ...changes };
  const newSpkiPem = successor.publicKey.spkiPem;
  return signKeyRotation({ ...options, oldPrivateKeyPem: by.privateKeyPem, newSpkiPem }).toString("base64");
}

const ended = (key: RegistryPublicKey) => ({ ...key, notAfter: notBefore });
const rotated = { ...second.publicKey, rotation: vouch(first, second) };
const verify = (...keys: RegistryPublicKey[]) =>
  verifyKeyRotation({ pinned: first.keySet, offered: { keys }, registryId });

describe("a pinned key set gives way to", () => {
  test("itself", () => expect(verify(first.publicKey)).toEqual({ ok: true }));
  test("a successor the old key vouches for", () =>
    expect(verify(ended(first.publicKey), rotated)).toEqual({ ok: true }));
  test("a chain of successors, in any order", () => {
    const last = { ...third.publicKey, rotation: vouch(second, third) };
    expect(verify(last, rotated, ended(first.publicKey))).toEqual({ ok: true });
  });
  test("itself with a key revoked", () => {
    expect(verify({ ...first.publicKey, revokedAt: notBefore })).toEqual({ ok: true });
  });
});

describe("a pinned key set does not give way to", () => {
  test.each<[string, RegistryPublicKey[], string]>([
    ["another registry's keys", [second.publicKey], "wrong-key"],
    ["a successor nobody vouches for", [first.publicKey, second.publicKey], "key-unknown"],
    [
      "one vouched for by itself",
      [first.publicKey, { ...second.publicKey, rotation: vouch(second, second) }],
      "key-unknown",
    ],
    [
      "one whose voucher is for another key",
      [first.publicKey, { ...third.publicKey, rotation: rotated.rotation }],
      "key-unknown",
    ],
    [
      "one that begins earlier than vouched for",
      [first.publicKey, { ...rotated, notBefore: "2026-01-01T00:00:00.000Z" }],
      "key-unknown",
    ],
    ["one vouched for by a revoked key", [{ ...first.publicKey, revokedAt: notBefore }, rotated], "key-unknown"],
    [
      "one vouched for at another registry",
      [
        first.publicKey,
        { ...second.publicKey, rotation: vouch(first, second, { registryId: "https://other.example" }) },
      ],
      "key-unknown",
    ],
    [
      "a second successor of one key",
      [ended(first.publicKey), rotated, { ...third.publicKey, rotation: vouch(first, third) }],
      "key-unknown",
    ],
    ["one with a changed start", [{ ...first.publicKey, notBefore: "2025-01-01T00:00:00.000Z" }], "wrong-key"],
    ["one key twice", [first.publicKey, rotated, rotated], "wrong-key"],
    ["a key under another's id", [{ ...first.publicKey, spkiPem: second.publicKey.spkiPem }], "malformed"],
  ])("%s", (_what, keys, code) => {
    expect(verify(...keys)).toMatchObject({ ok: false, code });
  });

  test("another successor of a key whose successor is pinned", () => {
    const pinned = { keys: [ended(first.publicKey), rotated] };
    const intruder = { ...third.publicKey, rotation: vouch(first, third) };
    const offered = { keys: [...pinned.keys, intruder] };
    expect(verifyKeyRotation({ pinned, offered, registryId })).toMatchObject({ ok: false, code: "key-unknown" });
    const heir = { keys: [...pinned.keys, { ...third.publicKey, rotation: vouch(second, third) }] };
    expect(verifyKeyRotation({ pinned, offered: heir, registryId })).toEqual({ ok: true });
  });

  test("a revocation or an end taken back", () => {
    const offered = { keys: [first.publicKey] };
    for (const lost of [{ revokedAt: notBefore }, { notAfter: notBefore }]) {
      const pinned = { keys: [{ ...first.publicKey, ...lost }] };
      expect(verifyKeyRotation({ pinned, offered, registryId })).toMatchObject({ ok: false, code: "wrong-key" });
    }
  });
});

describe("the key set document", () => {
  test("comes back as it was", () => {
    const keySet = { keys: [ended(first.publicKey), rotated] };
    expect(parseKeySet(encodeKeySet(keySet, registryId))).toEqual({ registryId, keySet });
  });

  test.each<[string, (document: { keys: RegistryPublicKey[]; [member: string]: unknown }) => void]>([
    ["an unknown member", (document) => Object.assign(document, { extra: 1 })],
    ["no keys", (document) => Object.assign(document, { keys: [] })],
    ["an id that is not the key's", (document) => Object.assign(document.keys[0]!, { keyId: "0".repeat(64) })],
    ["another media type", (document) => Object.assign(document, { mediaType: "application/json" })],
  ])("is refused with %s", (_what, change) => {
    const document = JSON.parse(encodeKeySet(first.keySet, registryId).toString());
    change(document);
    expect(() => parseKeySet(Buffer.from(JSON.stringify(document)))).toThrow();
  });
});
