import { createPublicKey, verify as verifySignature } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "#lib/core/digest.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { preAuthEncoding } from "#lib/signing/dsse.ts";
import { type CliOptions, makeFolder, runCli } from "../testing/run-cli.ts";
import { problem, type Reply, type Seen, startWebServer, type WebServer } from "../testing/web-server.ts";

let server: WebServer;
let dir = "";
let reply: Reply;
const manifestText = `${JSON.stringify(sampleManifest, null, 1)}\n`;

const accepted = {
  created: true,
  dryRun: false,
  name: sampleManifest.name,
  version: sampleManifest.version,
  state: "pending",
  manifestDigest: `sha256:${"0".repeat(64)}`,
  identity: "key release\u001b[31m",
  pins: [],
  issues: [],
  statusPath: "/servers/com.acme/weather",
};

beforeAll(async () => {
  server = await startWebServer(
    () =>
      ({ path: asked }) =>
        asked.startsWith("/api/v1/publish") ? reply : null,
  );
});
afterAll(() => server.close());
beforeEach(async () => {
  dir = makeFolder();
  reply = { status: 201, body: accepted };
  server.seen.length = 0;
  writeFileSync(path.join(dir, "server.json"), manifestText);
});
afterEach(() => rmSync(dir, { recursive: true }));

const publish = (args: string[], options: CliOptions = {}) => {
  const env = { COUNTERSIGN_TOKEN: "cst_0123456789", ...options.env };
  return runCli(dir, ["publish", "server.json", "--registry", server.address, ...args], { ...options, env });
};
const keygen = (env: Record<string, string>, ...args: string[]) =>
  runCli(dir, ["keygen", "--out", "my.key", ...args], { env });

/** Parts of the upload as the server got them. */
async function readParts(seen: Seen | undefined) {
  const headers = { "content-type": seen?.contentType ?? "" };
  const form = await new Response(new Uint8Array(seen?.body ?? []), { headers }).formData();
  const part = async (name: string) => Buffer.from(await (form.get(name) as File).arrayBuffer());
  return { names: [...form.keys()], manifest: await part("manifest"), bundle: await part("bundle") };
}

describe("publish with a key", () => {
  it("uploads the exact bytes and a signature over a statement that names registry, name and version", async () => {
    expect((await keygen({}, "--no-passphrase")).exit).toBe(0);
    const run = await publish(["--key", "my.key", "--json"]);
    expect(run.stderr).toBe("");
    expect(run.exit).toBe(0);
    expect(run.json()).toMatchObject({ ok: true, state: "pending", created: true });
    expect(server.seen).toMatchObject([{ path: "/api/v1/publish", authorization: "Bearer cst_0123456789" }]);
    const { names, manifest, bundle } = await readParts(server.seen[0]);
    expect(names.sort()).toEqual(["bundle", "manifest"]);
    expect(manifest.toString()).toBe(manifestText);
    const { dsseEnvelope } = JSON.parse(bundle.toString());
    const payload = Buffer.from(dsseEnvelope.payload, "base64");
    expect(JSON.parse(payload.toString())).toEqual({
      _type: "https://in-toto.io/Statement/v1",
      subject: [{ name: "server.json", digest: { sha256: sha256Hex(manifestText) } }],
      predicateType: `${server.address}/attestations/publish/v1`,
      predicate: { registry: server.address, name: "com.acme/weather", version: "1.2.0" },
    });
    const key = createPublicKey(readFileSync(path.join(dir, "my.key.pub")));
    const signature = Buffer.from(dsseEnvelope.signatures[0].sig, "base64");
    expect(verifySignature("sha256", preAuthEncoding(dsseEnvelope.payloadType, payload), key, signature)).toBe(true);
  });

  it("opens an encrypted key with its passphrase only", async () => {
    await keygen({ COUNTERSIGN_KEY_PASSPHRASE: "correct horse battery" });
    expect((await publish(["--key", "my.key"])).exit).toBe(2);
    const wrong = await publish(["--key", "my.key", "--json"], { env: { COUNTERSIGN_KEY_PASSPHRASE: "incorrect" } });
    expect([wrong.exit, wrong.json().error]).toEqual([2, expect.objectContaining({ code: "key-unreadable" })]);
    expect(server.seen).toEqual([]);
    const right = await publish(["--key", "my.key"], { env: { COUNTERSIGN_KEY_PASSPHRASE: "correct horse battery" } });
    expect(right.exit).toBe(0);
    expect(right.stdout).toContain("signed by  key release\\u{1B}[31m");
    expect(right.stderr).toContain(`countersign status com.acme/weather@1.2.0 --registry ${server.address}`);
  });

  it("asks for a trial with --dry-run", async () => {
    reply = { body: { ...accepted, created: false, dryRun: true } };
    await keygen({}, "--no-passphrase");
    const run = await publish(["--key", "my.key", "--dry-run"]);
    expect(run.stdout).toContain("would be accepted");
    expect(server.seen[0]?.path).toBe("/api/v1/publish?dry-run=true");
  });

  it("passes on the registry's refusal with the check that failed", async () => {
    reply = problem(422, "signature-rejected", "The statement names another version.", { check: "statement" });
    await keygen({}, "--no-passphrase");
    const run = await publish(["--key", "my.key", "--json"]);
    expect(run.exit).toBe(4);
    expect(run.json()).toMatchObject({ ok: false, error: { code: "signature-rejected", check: "statement" } });
  });
});

describe("publish without signing", () => {
  it("uploads a bundle made elsewhere as it is", async () => {
    writeFileSync(path.join(dir, "other.json"), '{ "made": "elsewhere" }');
    expect((await publish(["--bundle", "other.json"])).exit).toBe(0);
    expect((await readParts(server.seen[0])).bundle.toString()).toBe('{ "made": "elsewhere" }');
  });

  it.each([
    ["nobody signs", [], 2],
    ["a bundle and a key", ["--bundle", "server.json", "--key", "my.key"], 2],
    ["a bundle that is not there", ["--bundle", "nowhere.json"], 2],
    ["a key that is not there", ["--key", "nowhere.key"], 2],
    ["a key that is none", ["--key", "server.json"], 2],
  ])("sends nothing when %s", async (_what, args, exit) => {
    expect((await publish(args)).exit).toBe(exit);
    expect(server.seen).toEqual([]);
  });

  it("neither signs nor sends a manifest that is not valid", async () => {
    writeFileSync(path.join(dir, "server.json"), JSON.stringify({ ...sampleManifest, version: "^1.0.0" }));
    await keygen({}, "--no-passphrase");
    const run = await publish(["--key", "my.key", "--save-bundle", "bundle.json", "--json"]);
    expect(run.exit).toBe(3);
    expect(run.json()).toMatchObject({
      error: { code: "manifest-invalid", issues: [{ code: "version-looks-like-range", pointer: "/version" }] },
    });
    expect(server.seen).toEqual([]);
    expect(existsSync(path.join(dir, "bundle.json"))).toBe(false);
  });
});
