import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ensureRegistryKey,
  loadRegistryKey,
  publishKeySet,
  readKeySet,
  readKeySetFile,
  rotateKeyFiles,
} from "#lib/registry-key/index.ts";
import { encodeKeySet, verifyKeyRotation } from "#lib/signing/index.ts";

const registryId = "https://registry.example.com";
const now = new Date("2026-03-01T10:00:00.000Z");
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "cs-keys-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const ensure = (at = now) => ensureRegistryKey({ dir, registryId, now: at });
const rotate = (at: string) => rotateKeyFiles({ dir, registryId, at: new Date(at) });
const file = (name: string) => path.join(dir, name);

describe("the first key", () => {
  it("is made once, private to the account, with its public half beside it", async () => {
    const first = await ensure();
    expect(first.keys).toMatchObject([
      { notBefore: now.toISOString(), notAfter: null, revokedAt: null, rotation: null },
    ]);
    expect(statSync(file("registry.key")).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir).sort()).toEqual(["key-set.json", "registry.key"]);
    const before = readFileSync(file("registry.key"), "utf8");
    expect(await ensure(new Date("2027-01-01T00:00:00Z"))).toEqual(first);
    expect(readFileSync(file("registry.key"), "utf8")).toBe(before);
    expect((await loadRegistryKey(dir, registryId)).keyId).toBe(first.keys[0]?.keyId);
  });

  it("is completed after a crash before it had its name, and begun anew after one before the key set", async () => {
    const first = await ensure();
    renameSync(file("registry.key"), file("registry.key.next"));
    expect(await ensure()).toEqual(first);
    rmSync(file("key-set.json"));
    renameSync(file("registry.key"), file("registry.key.next"));
    expect(await ensure()).not.toEqual(first);
  });
});

describe("is refused", () => {
  it("a private key that other accounts may read", async () => {
    await ensure();
    chmodSync(file("registry.key"), 0o640);
    await expect(loadRegistryKey(dir, registryId)).rejects.toThrow(/0600/);
    await expect(ensure()).rejects.toThrow(/0600/);
  });

  it("one of the two files without the other", async () => {
    await ensure();
    renameSync(file("key-set.json"), file("kept"));
    await expect(ensure()).rejects.toThrow();
    renameSync(file("kept"), file("key-set.json"));
    rmSync(file("registry.key"));
    await expect(ensure()).rejects.toThrow();
  });

  it("a private key that is not the newest of the key set, and keys of another registry", async () => {
    await ensure();
    const old = readFileSync(file("registry.key"));
    await rotate("2026-04-01T00:00:00.000Z");
    writeFileSync(file("registry.key"), old);
    await expect(loadRegistryKey(dir, registryId)).rejects.toThrow(/not the current key/);
    await expect(readKeySet(dir, "https://other.example.com")).rejects.toThrow(/another registry/);
  });

  it("a key that the key set says is revoked", async () => {
    const { keys } = await ensure();
    const revoked = keys.map((key) => ({ ...key, revokedAt: now.toISOString() }));
    writeFileSync(file("key-set.json"), encodeKeySet({ keys: revoked }, registryId));
    await expect(loadRegistryKey(dir, registryId)).rejects.toThrow(/not the current key/);
  });
});

describe("rotation", () => {
  it("ends the old key where the new one begins, vouched for by the old one", async () => {
    const pinned = await ensure();
    const at = "2026-04-01T00:00:00.000Z";
    const offered = await rotate(at);
    expect(offered.keys).toMatchObject([{ notAfter: at }, { notBefore: at, notAfter: null }]);
    expect(verifyKeyRotation({ pinned, offered, registryId })).toEqual({ ok: true });
    expect((await loadRegistryKey(dir, registryId)).keyId).toBe(offered.keys[1]?.keyId);
    const again = await rotate("2026-05-01T00:00:00.000Z");
    expect(verifyKeyRotation({ pinned, offered: again, registryId })).toEqual({ ok: true });
    const [first, , third] = again.keys;
    if (!first || !third) throw new Error("three keys expected");
    expect(verifyKeyRotation({ pinned, offered: { keys: [first, third] }, registryId }).ok).toBe(false);
  });

  it("is completed after a crash between its steps", async () => {
    await ensure();
    const old = readFileSync(file("registry.key"));
    const { keys } = await rotate("2026-04-01T00:00:00.000Z");
    renameSync(file("registry.key"), file("registry.key.next"));
    writeFileSync(file("registry.key"), old, { mode: 0o600 });
    expect((await ensure()).keys).toEqual(keys);
    expect((await loadRegistryKey(dir, registryId)).keyId).toBe(keys[1]?.keyId);
  });

  it("leaves nothing of one that never reached the key set", async () => {
    const before = await ensure();
    const stray = mkdtempSync(path.join(tmpdir(), "cs-stray-"));
    await ensureRegistryKey({ dir: stray, registryId, now });
    renameSync(path.join(stray, "registry.key"), file("registry.key.next"));
    rmSync(stray, { recursive: true });
    expect(await ensure()).toEqual(before);
    expect(readdirSync(dir).sort()).toEqual(["key-set.json", "registry.key"]);
  });
});

describe("the copy for readers", () => {
  const copy = () => path.join(dir, "public", "set.json");

  it("is the public key set alone, and follows a rotation when it is made again", async () => {
    await ensure();
    await publishKeySet({ dir, file: copy() });
    await rotate("2026-04-01T00:00:00.000Z");
    expect((await readKeySetFile(copy(), registryId)).keys).toHaveLength(1);
    await publishKeySet({ dir, file: copy() });
    expect(readFileSync(copy())).toEqual(readFileSync(file("key-set.json")));
    expect(readdirSync(path.dirname(copy()))).toEqual(["set.json"]);
    expect(statSync(copy()).mode & 0o777).toBe(0o644);
  });

  it("is not made when readers use the original, nor without an original", async () => {
    await ensure();
    const before = statSync(file("key-set.json")).ino;
    await publishKeySet({ dir, file: file("key-set.json") });
    expect(statSync(file("key-set.json")).ino).toBe(before);
    await expect(publishKeySet({ dir: path.join(dir, "empty"), file: copy() })).rejects.toThrow(/ENOENT/);
  });

  it("of another registry is refused", async () => {
    await ensure();
    await publishKeySet({ dir, file: copy() });
    await expect(readKeySetFile(copy(), "https://other.example.com")).rejects.toThrow(/another registry/);
  });
});
