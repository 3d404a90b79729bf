import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type BuildOptions, build } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeKeySet } from "#lib/signing/index.ts";
import config from "./rolldown.config.mjs";
import { makeFolder } from "./testing/run-cli.ts";
import { makeSignedVersion } from "./testing/signed-version.ts";

const run = promisify(execFile);
const registryId = "https://registry.acme.example";
const dir = makeFolder();
const file = path.join(dir, "countersign.mjs");

beforeAll(async () => {
  await build({ ...config, output: { ...config.output, file } } as BuildOptions);
});
afterAll(() => rmSync(dir, { recursive: true }));

describe("the command as one file", () => {
  it("verifies a version far from this repository", async () => {
    const version = await makeSignedVersion(registryId);
    const files = {
      manifest: version.manifestBytes,
      bundle: version.bundleBytes,
      approval: version.approvalBytes,
      "trusted-root": version.trustRootBytes,
      "registry-key": encodeKeySet(version.keySet, registryId),
    };
    const args = Object.entries(files).flatMap(([option, bytes]) => {
      writeFileSync(path.join(dir, option), bytes);
      return [`--${option}`, option];
    });
    const { stdout } = await run(process.execPath, [file, "verify", ...args, "--json"], { cwd: dir });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, name: "com.acme/weather" });
  });
});
