import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import { assertManagedKeyAt, importManagedKey } from "#lib/signing/managed-key.ts";
import { decodeManagedKeys, encodeManagedKeys } from "#lib/signing/managed-keys-document.ts";
import { managedKeySigner } from "#lib/signing/sign-publish.ts";
import { makePrivateKeyPem, toManagedKey } from "#lib/testing/signing/workshop.ts";

const toPem = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();

describe("a publisher's key", () => {
  test("is P-256 or RSA of 3072 bits, in one spelling", () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const pkcs1 = publicKey.export({ type: "pkcs1", format: "pem" }).toString();
    expect(importManagedKey(pkcs1)).toMatchObject({ algorithm: "rsa-sha256", spkiPem: toPem(publicKey) });
    expect(importManagedKey(`\r\n${toPem(publicKey)}`).spkiPem).toBe(toPem(publicKey));
    const { publicKey: p256 } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    expect(importManagedKey(toPem(p256))).toMatchObject({
      algorithm: "ecdsa-p256-sha256",
      hint: expect.stringMatching(/^.{43}=$/),
    });
  });

  test.each([
    ["P-384", () => toPem(generateKeyPairSync("ec", { namedCurve: "secp384r1" }).publicKey)],
    ["secp256k1", () => toPem(generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey)],
    ["Ed25519", () => toPem(generateKeyPairSync("ed25519").publicKey)],
    ["RSA of 2048 bits", () => toPem(generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey)],
    ["RSA-PSS", () => toPem(generateKeyPairSync("rsa-pss", { modulusLength: 3072 }).publicKey)],
    ["a private key", makePrivateKeyPem],
    ["garbage", () => "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"],
    ["nothing", () => ""],
    ["a megabyte", () => `-----BEGIN PUBLIC KEY-----\n${"A".repeat(1_000_000)}`],
  ])("is never %s", (_what, pem) => {
    expect(() => importManagedKey(pem())).toThrow(expect.objectContaining({ code: "key-unsupported" }));
  });

  test("signs with a passphrase only when it is the right one", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const pem = privateKey
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "right" })
      .toString();
    expect(managedKeySigner(pem, "right").algorithm).toBe("ecdsa-p256-sha256");
    expect(() => managedKeySigner(pem, "wrong")).toThrow();
    expect(() => managedKeySigner(pem)).toThrow();
  });
});

describe("a key is good", () => {
  const key = {
    ...toManagedKey(managedKeySigner(makePrivateKeyPem())),
    notBefore: 1000,
    notAfter: 2000,
    revokedAt: 1500,
  };
  test.each([
    [999, "key-not-valid"],
    [1000, null],
    [1499, null],
    [1500, "key-revoked"],
    [2000, "key-revoked"],
  ])("at %d: %s", (at, code) => {
    const check = () => assertManagedKeyAt(key, at);
    if (code === null) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });

  test("until its end", () => {
    expect(() => assertManagedKeyAt({ ...key, revokedAt: null }, 1999)).not.toThrow();
    expect(() => assertManagedKeyAt({ ...key, revokedAt: null }, 2000)).toThrow();
    expect(() => assertManagedKeyAt({ ...key, revokedAt: null, notAfter: null }, 9e12)).not.toThrow();
  });
});

describe("the managed-keys document", () => {
  const keys = [toManagedKey(managedKeySigner(makePrivateKeyPem()))];

  test("comes back as it was, and equal material gives equal bytes", () => {
    const witnessRoot = Buffer.from("{}");
    const bytes = encodeManagedKeys({ keys, witnessRoot });
    expect(decodeManagedKeys(bytes)).toEqual({ keys, witnessRoot });
    const [key] = keys;
    const reordered = [Object.fromEntries(Object.entries(key!).reverse()) as typeof key & object];
    expect(encodeManagedKeys({ keys: reordered, witnessRoot })).toEqual(bytes);
  });

  test.each(["{}", '{"mediaType":"application/json","keys":[]}', "null", ""])("is not %s", (text) => {
    expect(() => decodeManagedKeys(Buffer.from(text))).toThrow();
  });
});
