import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeKeySet } from "#lib/signing/index.ts";
import { makeFolder, runCli } from "../testing/run-cli.ts";
import { makeSignedVersion, type SignedVersion } from "../testing/signed-version.ts";

const registryId = "https://registry.acme.example";
const dir = makeFolder();
const files = {
  manifest: "server.json",
  bundle: "bundle.json",
  approval: "approval.json",
  trust: "root.json",
  keys: "keys.json",
};
let version: SignedVersion;

const options = [
  ...["--manifest", files.manifest, "--bundle", files.bundle, "--approval", files.approval],
  ...["--trusted-root", files.trust, "--registry-key", files.keys],
];
const verify = (...more: string[]) => runCli(dir, ["verify", ...options, "--json", ...more]);
const write = (file: string, bytes: string | Uint8Array) => writeFileSync(path.join(dir, file), bytes);

function writeAll() {
  write(files.manifest, version.manifestBytes);
  write(files.bundle, version.bundleBytes);
  write(files.approval, version.approvalBytes);
  write(files.trust, version.trustRootBytes);
  write(files.keys, encodeKeySet(version.keySet, registryId));
}

async function refusalAfter(file: string, bytes: string | Uint8Array, ...more: string[]) {
  writeAll();
  write(file, bytes);
  const run = await verify(...more);
  expect(run.exit).toBe(7);
  const { ok, error } = run.json() as { ok: boolean; error: { code: string } };
  expect(ok).toBe(false);
  return error.code;
}

beforeAll(async () => {
  version = await makeSignedVersion(registryId);
});
afterAll(() => rmSync(dir, { recursive: true }));

describe("verify from files", () => {
  it("verifies, and says that revocation was not checked", async () => {
    writeAll();
    const run = await verify();
    expect(run.stderr).toBe("");
    expect(run.exit).toBe(0);
    expect(run.json()).toMatchObject({
      ok: true,
      name: "com.acme/weather",
      version: "1.2.0",
      registry: registryId,
      identity: { kind: "key", label: "release" },
      revocation: { status: "not-checked" },
    });
    const text = await runCli(dir, ["verify", ...options]);
    expect(text.stdout).toMatch(/verified {2}com\.acme\/weather 1\.2\.0/);
    expect(text.stdout).toMatch(/revocation\s+not checked/);
  });

  it("takes a bare public key when the registry is named, as cosign does", async () => {
    writeAll();
    write(files.keys, version.key.entry.spkiPem);
    expect((await verify()).exit).toBe(2);
    expect((await verify("--registry", registryId)).exit).toBe(0);
  });

  it("needs no more than the names agree", async () => {
    writeAll();
    expect((await verify("com.acme/weather@1.2.0")).exit).toBe(0);
    const other = await verify("com.acme/weather@1.2.1");
    expect(other.exit).toBe(7);
    expect(other.json()).toMatchObject({ ok: false, error: { code: "wrong-version" } });
  });

  it("fails on --require-status, because nobody was asked", async () => {
    writeAll();
    const run = await verify("--require-status");
    expect(run.exit).toBe(7);
    expect(run.json()).toMatchObject({ ok: false, error: { code: "status-not-checked" } });
  });

  it("judges expiry at --at", async () => {
    writeAll();
    expect((await verify("--at", "2036-03-02T09:59:59Z")).exit).toBe(0);
    const late = await verify("--at", "2036-03-02T10:00:00Z");
    expect(late.exit).toBe(7);
    expect(late.json()).toMatchObject({ error: { code: "expired" } });
    expect((await verify("--at", "2026-03-01T00:00:00Z")).json()).toMatchObject({ error: { code: "not-yet-valid" } });
    expect((await verify("--at", "tomorrow")).exit).toBe(2);
  });

  it("does not mind another encoding of the approval's outer JSON", async () => {
    writeAll();
    write(files.approval, JSON.stringify(JSON.parse(version.approvalBytes.toString("utf8")), null, 4));
    expect((await verify()).exit).toBe(0);
  });

  it("fails on any change", async () => {
    const manifest = Buffer.from(version.manifestBytes);
    manifest.write("Wether", manifest.indexOf("Weather"));
    expect(await refusalAfter(files.manifest, manifest)).toBe("manifest-mismatch");
    expect(await refusalAfter(files.manifest, `${version.manifestBytes} `)).toBe("manifest-mismatch");
    expect(await refusalAfter(files.bundle, `${version.bundleBytes} `)).toBe("bundle-mismatch");
    expect(await refusalAfter(files.trust, `${Buffer.from(version.trustRootBytes)} `)).toBe("trust-root-mismatch");
    expect(await refusalAfter(files.approval, version.revocationBytes)).toBe("revoked");
    const approval = JSON.parse(version.approvalBytes.toString("utf8"));
    const payload = Buffer.from(approval.dsseEnvelope.payload, "base64").toString("utf8");
    approval.dsseEnvelope.payload = Buffer.from(payload.replace("2036-", "2046-")).toString("base64");
    expect(await refusalAfter(files.approval, JSON.stringify(approval))).toBe("signature-invalid");
  });

  it("fails with the keys of somebody else", async () => {
    const stranger = await makeSignedVersion(registryId);
    expect(await refusalAfter(files.keys, encodeKeySet(stranger.keySet, registryId))).toBe("key-unknown");
    const elsewhere = encodeKeySet(version.keySet, "https://elsewhere.example");
    expect(await refusalAfter(files.keys, elsewhere)).toBe("predicate-type");
  });

  it("names the files that are missing, and opens none", async () => {
    const run = await runCli(dir, ["verify", "--manifest", "nowhere.json", "--json"]);
    expect(run.exit).toBe(2);
    const { error } = run.json() as { error: { message: string } };
    expect(error.message).toContain("--bundle, --approval, --trusted-root, --registry-key");
    expect((await runCli(dir, ["verify"])).exit).toBe(2);
  });
});
