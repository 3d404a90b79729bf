import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleManifest } from "#lib/manifest/sample.ts";
import type { SigningConfiguration } from "#lib/signing/keyless/index.ts";
import { type DemoSigstore, startDemoSigstore } from "#lib/trust/demo/index.ts";
import { type CliOptions, makeFolder, runCli } from "../testing/run-cli.ts";
import { type Seen, startWebServer, type WebServer } from "../testing/web-server.ts";

let server: WebServer;
let sigstore: DemoSigstore;
let sigstoreDir = "";
let dir = "";
let advertised: SigningConfiguration;
const claims = { email: "release@acme.example" };

const accepted = {
  ...{ created: true, dryRun: false, name: sampleManifest.name, version: sampleManifest.version, state: "pending" },
  ...{ manifestDigest: `sha256:${"0".repeat(64)}`, identity: "x", pins: [], issues: [], statusPath: "/x" },
};

function answer({ path: asked, authorization }: Seen) {
  if (asked === "/api/v1/signing-config") return { body: advertised };
  if (asked === "/api/v1/publish") return { status: 201, body: accepted };
  // As the runner of GitHub Actions answers for a token.
  if (asked.startsWith("/mint?") && authorization === "Bearer runner-secret") return { body: { value: minted } };
  return null;
}
let minted = "";

beforeAll(async () => {
  sigstoreDir = makeFolder();
  sigstore = await startDemoSigstore({ dir: sigstoreDir });
  server = await startWebServer(() => answer);
});
afterAll(async () => {
  await server.close();
  await sigstore.close();
  rmSync(sigstoreDir, { recursive: true });
});
beforeEach(() => {
  dir = makeFolder();
  advertised = sigstore.signingConfig;
  server.seen.length = 0;
  writeFileSync(path.join(dir, "server.json"), JSON.stringify(sampleManifest));
});
afterEach(() => rmSync(dir, { recursive: true }));

const mint = () => sigstore.mintToken(claims as Parameters<DemoSigstore["mintToken"]>[0]);
const uploads = () => server.seen.filter((seen) => seen.path === "/api/v1/publish");
async function publish(token: string | null, args: string[] = [], options: CliOptions = {}) {
  const env = {
    COUNTERSIGN_TOKEN: "cst_0123456789",
    ...(token ? { COUNTERSIGN_IDENTITY_TOKEN: token } : {}),
    ...options.env,
  };
  const run = await runCli(dir, ["publish", "server.json", "--registry", server.address, "--json", ...args], {
    ...options,
    env,
  });
  return { ...run, code: (run.json() as { error?: { code: string } }).error?.code ?? null };
}

describe("publish keyless", () => {
  it("signs with the identity token where the registry said at first use", async () => {
    const run = await publish(await mint());
    expect([run.code, run.exit]).toEqual([null, 0]);
    const bundle = uploads()[0]?.body.toString() ?? "";
    expect(bundle).toContain('"certificate"');
    expect(bundle).toContain('"rfc3161Timestamps"');
  });

  it("takes the token from a file or standard input", async () => {
    writeFileSync(path.join(dir, "token"), `${await mint()}\n`);
    expect((await publish(null, ["--identity-token-file", "token"])).exit).toBe(0);
    expect((await publish(null, ["--identity-token-file", "-"], { stdin: await mint() })).exit).toBe(0);
  });

  it("gets the token from GitHub Actions for the right audience", async () => {
    minted = await mint();
    const runner = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.address}/mint?x=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "runner-secret",
    };
    expect((await publish(null, [], { env: runner })).exit).toBe(0);
    const asked = server.seen.find((seen) => seen.path.startsWith("/mint"));
    expect(asked?.path).toBe(`/mint?x=1&audience=${encodeURIComponent(advertised.audience)}`);
  });

  it("refuses another place to sign than the one pinned, and sends nothing", async () => {
    expect((await publish(await mint())).exit).toBe(0);
    advertised = { ...sigstore.signingConfig, certificateAuthority: "http://127.0.0.1:9" };
    const run = await publish(await mint());
    expect([run.exit, run.code]).toEqual([9, "signing-config-changed"]);
    expect(uploads()).toHaveLength(1);
  });

  it("refuses to learn in CI where to sign, unless it is told", async () => {
    const inCi = { env: { CI: "true" } };
    const run = await publish(await mint(), [], inCi);
    expect([run.exit, run.code]).toEqual([9, "signing-config-required"]);
    writeFileSync(path.join(dir, "config.json"), JSON.stringify(sigstore.signingConfig));
    expect((await publish(await mint(), ["--signing-config", "config.json"], inCi)).exit).toBe(0);
  });

  it("never sends a token for the public-good instance to a registry's own authority", async () => {
    const thief = await startWebServer(() => () => null);
    const stolen = { aud: "sigstore", iss: "https://issuer.example", sub: "victim", exp: 9_999_999_999 };
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
    const token = `${encode({ alg: "RS256" })}.${encode(stolen)}.c2ln`;
    for (const audience of ["sigstore", "other"]) {
      advertised = {
        audience,
        certificateAuthority: thief.address,
        transparencyLog: null,
        timestampAuthority: thief.address,
      };
      await runCli(dir, ["registry", "forget", "--registry", server.address, "--yes"]);
      const run = await publish(token);
      expect([run.exit, run.code]).toEqual([2, "token-audience"]);
      expect(run.stdout + run.stderr).not.toContain(token);
    }
    expect(thief.seen).toEqual([]);
    expect(uploads()).toEqual([]);
    await thief.close();
  });

  it("says when signing fails, without the token", async () => {
    const token = await mint();
    advertised = { ...sigstore.signingConfig, certificateAuthority: server.address };
    const run = await publish(token);
    expect([run.exit, run.code]).toEqual([8, "signing-failed"]);
    expect(run.stdout + run.stderr).not.toContain(token);
    expect(uploads()).toEqual([]);
  });
});
