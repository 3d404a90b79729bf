import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isInstalled } from "./install.mjs";
import { isNodeNewEnough } from "./node.mjs";

it.each([
  ["24.15.0", true],
  ["24.14.9", false],
  ["25.0.0", true],
  ["22.22.2", false],
  ["20.20.2", false],
])("Node %s runs the product: %s", (version, expected) => {
  expect(isNodeNewEnough(version)).toBe(expected);
});

describe("installed packages", () => {
  let dir: string;
  const locked = {
    "": { name: "product" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/mac-only": { version: "1.0.0", integrity: "sha512-m", optional: true },
  };
  const { "": _root, "node_modules/mac-only": _other, ...present } = locked;

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), "cs-install-"));
    mkdirSync(path.join(dir, "node_modules"));
    writeFileSync(path.join(dir, "package-lock.json"), JSON.stringify({ packages: locked }));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const record = (packages: object) =>
    writeFileSync(path.join(dir, "node_modules/.package-lock.json"), JSON.stringify({ packages }));

  it("are those of the lockfile, other platforms' aside", () => {
    record(present);
    expect(isInstalled(dir)).toBe(true);
  });

  it("are not there before npm is done", () => {
    expect(isInstalled(dir)).toBe(false);
  });

  it.each([
    ["another version", { "node_modules/a": { version: "1.0.1", integrity: "sha512-a" } }],
    ["other contents", { "node_modules/a": { version: "1.0.0", integrity: "sha512-b" } }],
    ["one too many", { ...present, "node_modules/b": { version: "1.0.0", integrity: "sha512-b" } }],
    ["one too few", {}],
  ])("are not right with %s", (_what, packages) => {
    record(packages);
    expect(isInstalled(dir)).toBe(false);
  });
});

describe("a quiet step", () => {
  const run = path.join(import.meta.dirname, "run.mjs");

  it("shows its output only when it fails", () => {
    const step = (code: number) =>
      spawnSync(
        process.execPath,
        [
          "--input-type=module",
          "-e",
          `
        const { runQuietly } = await import(${JSON.stringify(run)});
        await runQuietly(process.execPath, ["-e", "console.log('inside'); process.exit(${code})"]).catch((e) => console.log(e.message));
      `,
        ],
        { encoding: "utf8" },
      ).stdout;
    expect(step(0)).toBe("");
    expect(step(3)).toMatch(/failed \(3\):\ninside/);
  });

  it("ends with everything it started when we are told to end", async () => {
    const dir = mkdtempSync(path.join(tmpdir(), "cs-step-"));
    const script = path.join(dir, "run.mjs");
    cpSync(run, script);
    const inner = `require("node:child_process").spawn("sleep", ["60"]).once("spawn", function () {
      require("node:fs").writeFileSync(process.argv[1], String(this.pid)); })`;
    const file = path.join(dir, "pid");
    const outer = spawn(process.execPath, [
      "--input-type=module",
      "-e",
      `
      const { runQuietly } = await import(${JSON.stringify(script)});
      await runQuietly(process.execPath, ["-e", ${JSON.stringify(inner)}, ${JSON.stringify(file)}]);
    `,
    ]);
    const read = () => {
      try {
        return Number(readFileSync(file, "utf8"));
      } catch {
        return 0;
      }
    };
    await expect.poll(read, { timeout: 10_000 }).toBeGreaterThan(1);
    outer.kill("SIGTERM");
    await once(outer, "exit");
    const isAlive = () => spawnSync("kill", ["-0", String(read())]).status === 0;
    await expect.poll(isAlive, { timeout: 5_000 }).toBe(false);
    rmSync(dir, { recursive: true, force: true });
  });
});

describe("compiled modules", () => {
  const script = path.join(import.meta.dirname, "compile-cache.mjs");
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), "cs-compiled-"));
    writeFileSync(path.join(dir, "part.ts"), "export const answer: number = 42;");
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Imports a module in a thread of a process that keeps what was compiled. @returns what the process printed. */
  function run(env: Record<string, string> = {}): string {
    const thread = 'import("./part.ts").then(({ answer }) => console.log(answer))';
    const main = `
      const { keepCompiled } = await import(${JSON.stringify(script)});
      const { Worker } = await import("node:worker_threads");
      keepCompiled(process.cwd());
      new Worker(${JSON.stringify(thread)}, { eval: true });`;
    const { PATH = "" } = process.env;
    const options = { cwd: dir, env: { NODE_ENV: "test", PATH, ...env }, encoding: "utf8" } as const;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", main], options);
    expect(stderr).toBe("");
    return stdout.trim();
  }

  it("are kept beside the packages, those of threads too", () => {
    expect(run()).toBe("42");
    const kept = readdirSync(path.join(dir, "node_modules/.cache/compiled"), { recursive: true });
    expect(kept.length).toBeGreaterThan(1);
    expect(run()).toBe("42");
  });

  it("are kept where the environment says", () => {
    run({ NODE_COMPILE_CACHE: path.join(dir, "elsewhere") });
    expect(readdirSync(dir).sort()).toEqual(["elsewhere", "part.ts"]);
  });

  it("are done without where nothing can be written", () => {
    writeFileSync(path.join(dir, "node_modules"), "");
    expect(run()).toBe("42");
  });
});
