import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { encodeKeySet } from "#lib/signing/index.ts";
import { readPlane, type Served } from "../testing/read-plane.ts";
import { keySetOf, makeRegistryKey, rotate } from "../testing/registry-key.ts";
import { type CliOptions, makeFolder, runCli } from "../testing/run-cli.ts";
import { makeSignedVersion, type SignedVersion } from "../testing/signed-version.ts";
import { startWebServer, type WebServer } from "../testing/web-server.ts";

let server: WebServer;
let version: SignedVersion;
let served: Served;
let dir = "";

beforeAll(async () => {
  server = await startWebServer(() => readPlane(() => served));
  version = await makeSignedVersion(server.address);
});
afterAll(() => server.close());
beforeEach(() => {
  dir = makeFolder();
  served = { version, keySet: version.keySet };
});
afterEach(() => rmSync(dir, { recursive: true }));

const pins = () => path.join(dir, "config", "registries.json");
const verify = async (args: string[] = [], options: CliOptions = {}) => {
  const run = await runCli(
    dir,
    ["verify", "com.acme/weather", "--registry", server.address, "--json", ...args],
    options,
  );
  const answer = run.json() as { ok: boolean; error?: { code: string }; [member: string]: unknown };
  return { ...run, answer, code: answer.error?.code ?? null };
};

describe("verify by fetching", () => {
  it("pins the registry's keys at first use, then trusts only those", async () => {
    const first = await verify();
    expect(first.answer).toMatchObject({ ok: true, version: "1.2.0", registryKeyTrustedBy: "first-use" });
    expect(first.exit).toBe(0);
    expect(JSON.parse(readFileSync(pins(), "utf8"))).toMatchObject({
      registries: { [server.address]: { keySet: version.keySet } },
    });
    expect((await verify()).answer).toMatchObject({ ok: true, registryKeyTrustedBy: "pin" });
  });

  it("says loudly what it pinned, and where", async () => {
    const run = await runCli(dir, ["verify", "com.acme/weather", "--registry", server.address]);
    expect(run.stderr).toContain(`Pinned at first use: registry key ${version.key.entry.keyId}`);
  });

  it("refuses a key that the pinned one does not vouch for, and keeps the pin", async () => {
    await verify();
    const before = readFileSync(pins(), "utf8");
    served.keySet = keySetOf(makeRegistryKey("2026-01-01T00:00:00.000Z"));
    const run = await verify();
    expect([run.exit, run.code]).toEqual([9, "registry-key-changed"]);
    expect(readFileSync(pins(), "utf8")).toBe(before);
    expect((await runCli(dir, ["registry", "forget", "--registry", server.address, "--yes"])).exit).toBe(0);
    served.keySet = version.keySet;
    expect((await verify()).answer).toMatchObject({ ok: true, registryKeyTrustedBy: "first-use" });
  });

  it("follows a rotation signed by the old key", async () => {
    await verify();
    const next = makeRegistryKey("2026-06-01T00:00:00.000Z");
    served.keySet = rotate(version.key, next, server.address);
    expect((await verify()).answer).toMatchObject({ ok: true, registryKeyTrustedBy: "pin" });
    expect(readFileSync(pins(), "utf8")).toContain(next.entry.keyId);
    served.keySet = version.keySet;
    expect((await verify()).code).toBe("registry-key-changed");
  });

  it("refuses a first use in CI without the registry's key, before it asks for anything else", async () => {
    const asked = server.seen.length;
    const run = await verify([], { env: { CI: "true" } });
    expect([run.exit, run.code]).toEqual([9, "registry-key-required"]);
    expect(existsSync(pins())).toBe(false);
    expect(server.seen.slice(asked).map((seen) => seen.path)).toEqual(["/v0.1/x/countersign/keys"]);
  });

  it("trusts in CI what --registry-key names: a key set, or one public key", async () => {
    const [set, pem] = [path.join(dir, "key-set.json"), path.join(dir, "registry.pub")];
    writeFileSync(set, encodeKeySet(version.keySet, server.address));
    writeFileSync(pem, version.key.entry.spkiPem);
    for (const file of [set, pem]) {
      const run = await verify(["--registry-key", file], { env: { CI: "1" } });
      expect(run.answer).toMatchObject({ ok: true, registryKeyTrustedBy: "given-key" });
    }
    writeFileSync(pem, makeRegistryKey("2026-01-01T00:00:00.000Z").entry.spkiPem);
    expect((await verify(["--registry-key", pem])).code).toBe("registry-key-changed");
  });

  it("refuses keys that are of another registry", async () => {
    served.keySetRegistry = "https://other.example";
    expect((await verify()).code).toBe("registry-mismatch");
    expect(existsSync(pins())).toBe(false);
  });

  it("asks without the stored token: what is verified is what readers get", async () => {
    const asked = server.seen.length;
    await verify([], { env: { COUNTERSIGN_TOKEN: "cst_secret" } });
    expect(server.seen.slice(asked).length).toBeGreaterThan(4);
    expect(server.seen.slice(asked).every((seen) => seen.authorization === null)).toBe(true);
  });

  it("reads a channel with the token, and with the secret part of its address instead where there is one", async () => {
    const token = `cst_${"a".repeat(49)}`;
    const secret = `csc_${"b".repeat(49)}`;
    served.base = "/c/team/v0.1";
    const asked = server.seen.length;
    expect((await verify(["--channel", "team"], { env: { COUNTERSIGN_TOKEN: token } })).answer).toMatchObject({
      ok: true,
    });
    expect(new Set(server.seen.slice(asked).map((seen) => seen.authorization))).toEqual(new Set([`Bearer ${token}`]));
    served.base = `/c/team/${secret}/v0.1`;
    const env = { COUNTERSIGN_TOKEN: token, COUNTERSIGN_CHANNEL_SECRET: secret };
    const before = server.seen.length;
    const run = await verify(["--channel", "team"], { env });
    expect(run.answer).toMatchObject({ ok: true });
    expect(new Set(server.seen.slice(before).map((seen) => seen.authorization))).toEqual(new Set([null]));
    expect(run.stdout + run.stderr).not.toContain(secret);
    expect((await verify([], { env })).exit).toBe(6);
  });

  it("asks nobody when the channel or its secret is none", async () => {
    const asked = server.seen.length;
    for (const channel of ["../admin", "Team", "a/b", ""]) {
      expect((await verify(["--channel", channel])).code).toBe("bad-argument");
    }
    const run = await verify(["--channel", "team"], { env: { COUNTERSIGN_CHANNEL_SECRET: "../../v0.1" } });
    expect([run.exit, run.code]).toEqual([2, "bad-argument"]);
    expect(server.seen.length).toBe(asked);
  });

  it("says that a version was withdrawn from readers, or revoked by a signed statement", async () => {
    served = { ...served, status: "deleted", statusMessage: "expired" };
    expect((await verify()).exit).toBe(6);
    const named = ["verify", "com.acme/weather@1.2.0", "--registry", server.address, "--json"];
    const hidden = await runCli(dir, named);
    expect([hidden.exit, hidden.json().error]).toEqual([
      7,
      expect.objectContaining({ code: "status-withdrawn-from-readers" }),
    ]);
    served = { ...served, approvalBytes: version.revocationBytes };
    const revoked = await runCli(dir, named);
    expect([revoked.exit, revoked.json().error]).toEqual([7, expect.objectContaining({ code: "revoked" })]);
  });

  it("refuses bytes that do not have their digest", async () => {
    for (const kind of ["manifest", "bundle", "approval", "trusted-root"] as const) {
      served.swapped = { [kind]: Buffer.from("{}") };
      const run = await verify();
      expect([run.exit, run.code]).toEqual([7, "digest-mismatch"]);
    }
  });

  it("passes --require-status when the registry was asked", async () => {
    const run = await verify(["--require-status"]);
    expect(run.answer).toMatchObject({ ok: true, revocation: { status: "not-revoked" } });
  });

  it("saves what it fetched, for the same check without the registry", async () => {
    const saved = path.join(dir, "evidence");
    expect((await verify(["--save", saved])).exit).toBe(0);
    expect(readFileSync(path.join(saved, "server.json"))).toEqual(version.manifestBytes);
    expect(readFileSync(path.join(saved, "registry.pub"), "utf8")).toBe(version.key.entry.spkiPem);
    const at = (name: string) => path.join(saved, name);
    const offline = ["--manifest", at("server.json"), "--bundle", at("bundle.json"), "--approval", at("approval.json")];
    const run = await runCli(dir, [
      "verify",
      ...offline,
      "--trusted-root",
      at("trusted-root.json"),
      "--registry-key",
      at("key-set.json"),
    ]);
    expect(run.exit).toBe(0);
    expect((await verify(["--save", saved])).exit).toBe(2);
  });
});
