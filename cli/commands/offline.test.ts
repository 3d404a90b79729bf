import { createPrivateKey } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { makeFolder, runCli } from "../testing/run-cli.ts";

let dir = "";
beforeEach(() => {
  dir = makeFolder();
});
afterEach(() => rmSync(dir, { recursive: true }));
const at = (file: string) => path.join(dir, file);

describe("lint", () => {
  it("accepts a good manifest and shows what is pinned", async () => {
    writeFileSync(at("server.json"), JSON.stringify(sampleManifest));
    const run = await runCli(dir, ["lint", "server.json"]);
    expect([run.exit, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toContain("valid  com.acme/weather 1.2.0");
    expect(run.stdout).toMatch(/pinned {4}npm @acme\/weather 1\.2\.0/);
  });

  it("lists every problem, escaped, and ends with 3", async () => {
    const bad = { ...sampleManifest, name: "weather", version: "1.0\u202e", "e\u001b[2Jvil": 1 };
    writeFileSync(at("server.json"), JSON.stringify(bad));
    const text = await runCli(dir, ["lint", "server.json"]);
    expect(text.exit).toBe(3);
    for (const code of ["invalid-server-name", "version-not-printable-ascii", "schema-unknown-property"]) {
      expect(text.stdout).toContain(code);
    }
    for (const character of "\u001b\u202e") expect(text.stdout).not.toContain(character);
    const json = await runCli(dir, ["lint", "server.json", "--json"]);
    expect(json.exit).toBe(3);
    expect(json.json()).toMatchObject({ ok: false, name: null, issues: expect.any(Array) });
  });

  it("ends with 2 when there is no such file", async () => {
    const run = await runCli(dir, ["lint", "no\u001bwhere.json"]);
    expect(run.exit).toBe(2);
    expect(run.stderr).toContain("Cannot read no\\u{1B}where.json: there is no such file.");
    expect((await runCli(dir, ["lint", "."])).stderr).toContain("it is a folder");
  });
});

describe("keygen", () => {
  it("makes an encrypted key only its owner can read, and says its hint", async () => {
    const env = { COUNTERSIGN_KEY_PASSPHRASE: "correct horse battery" };
    const run = await runCli(dir, ["keygen", "--json"], { env });
    expect(run.exit).toBe(0);
    const pem = readFileSync(at("countersign.key"), "utf8");
    expect(() => createPrivateKey(pem)).toThrow();
    const key = createPrivateKey({ key: pem, format: "pem", passphrase: env.COUNTERSIGN_KEY_PASSPHRASE });
    expect(key.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
    expect(statSync(at("countersign.key")).mode & 0o777).toBe(0o600);
    expect(run.json()).toMatchObject({ hint: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) });
    expect(run.stdout).not.toContain("PRIVATE KEY");
  });

  it.each([
    ["no passphrase", {}, []],
    ["a short passphrase", { COUNTERSIGN_KEY_PASSPHRASE: "short" }, []],
  ])("makes nothing with %s", async (_what, env, args) => {
    const run = await runCli(dir, ["keygen", ...args], { env });
    expect(run.exit).toBe(2);
    expect(() => statSync(at("countersign.key"))).toThrow();
  });

  it.each(["countersign.key", "countersign.key.pub"])(
    "never overwrites %s, and leaves no half of a pair",
    async (file) => {
      writeFileSync(at(file), "mine");
      expect((await runCli(dir, ["keygen", "--no-passphrase"])).exit).toBe(2);
      expect(readFileSync(at(file), "utf8")).toBe("mine");
      const other = file.endsWith(".pub") ? "countersign.key" : "countersign.key.pub";
      expect(() => statSync(at(other))).toThrow();
    },
  );
});

describe("the command line", () => {
  it("helps, and says what the exit status means", async () => {
    const run = await runCli(dir, ["--help"]);
    expect([run.exit, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toContain("Exit status: 0 done");
    for (const command of ["keygen", "lint", "publish", "status", "verify", "login", "whoami", "logout"]) {
      expect((await runCli(dir, [command, "--help"])).exit).toBe(0);
    }
  });

  it.each([[["frobnicate"]], [["lint"]], [["lint", "a", "b"]], [["lint", "a", "--loud"]]])(
    "refuses %j",
    async (args) => {
      const run = await runCli(dir, [...args, "--json"]);
      expect(run.exit).toBe(2);
      expect(run.json()).toMatchObject({ ok: false, error: { code: "bad-argument" } });
    },
  );
});
