import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ConfigError, isLoopback, parseConfig, toEnvironment } from "#lib/config/index.ts";
import { readSecretFiles } from "#lib/config/secret-files.ts";

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("defaults", () => {
  it("listen on this machine alone and need nothing", () => {
    expect(parseConfig({})).toMatchObject({
      kind: "production",
      host: "127.0.0.1",
      port: 3000,
      publicUrl: "http://localhost:3000",
      anonymousRead: true,
      databaseUrl: null,
    });
  });

  it("treat an empty value as missing", () => {
    expect(parseConfig({ PORT: "", PUBLIC_URL: "  " }).port).toBe(3000);
  });

  it("keep each kind of instance in a folder of its own", () => {
    const folders = ["demo", "production", "test"].map((kind) => parseConfig({ INSTANCE_KIND: kind }).instanceDir);
    expect(new Set(folders).size).toBe(3);
  });
});

describe("a single wrong value", () => {
  it.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "3000x"],
    ["PORT", "-1"],
    ["HOST", "registry.example.com"],
    ["PUBLIC_URL", "registry.example.com"],
    ["PUBLIC_URL", "https://registry.example.com/path"],
    ["PUBLIC_URL", "https://registry.example.com/?q"],
    ["PUBLIC_URL", "https://registry.example.com/#"],
    ["PUBLIC_URL", "https://user:pw@registry.example.com"],
    ["PUBLIC_URL", "ftp://registry.example.com"],
    ["PUBLIC_URL", "http://registry.example.com"],
    ["ANONYMOUS_READ", "yes"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["TRUSTED_PROXIES", "10.0.0.1, proxy.example.com"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["DATABASE_OWNER_URL", "localhost"],
    ["INSTANCE_KIND", "staging"],
    ["LOG_LEVEL", "loud"],
    ["MAX_CONCURRENT_VERIFICATIONS", "0"],
    ["LOOSENING_DELAY_HOURS", "721"],
    ["MAX_CATALOGUE_AGE_HOURS", "0"],
    ["READ_RATE_PER_MINUTE", "-1"],
    ["READ_TOKEN_RATE_PER_MINUTE", "10000001"],
    ["API_RATE_PER_MINUTE", "-1"],
    ["API_TOKEN_RATE_PER_MINUTE", "10000001"],
    ["ROLE", "reader"],
    ["DATABASE_READER_ROLE", 'reader"; DROP TABLE "Version"'],
    ["DATABASE_POOL_SIZE", "1"],
    ["DATABASE_WAIT_SECONDS", "-1"],
    ["LOG_REQUESTS", "1"],
    ["METRICS_PORT", "65536"],
    ["METRICS_HOST", "metrics.example.com"],
    ["DRAIN_SECONDS", "301"],
  ])("%s=%s is refused by name", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} must be `));
  });
});

describe("beyond loopback", () => {
  it("asks for PUBLIC_URL and ANONYMOUS_READ at once", () => {
    const problems = problemsOf({ HOST: "0.0.0.0" });
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual(["PUBLIC_URL", "ANONYMOUS_READ"]);
  });

  it("starts once both are set", () => {
    const env = { HOST: "::", PUBLIC_URL: "https://registry.example.com/", ANONYMOUS_READ: "false" };
    expect(parseConfig(env)).toMatchObject({ publicUrl: "https://registry.example.com", anonymousRead: false });
  });
});

describe("a role of its own", () => {
  const joining = { DATABASE_URL: "postgresql://a@h/d" };

  it("is all by default", () => {
    expect(parseConfig({}).role).toBe("all");
    expect(parseConfig({ ROLE: "resolver", ...joining }).role).toBe("resolver");
  });

  it.each(["web", "resolver", "worker"])("%s needs a supplied database", (ROLE) => {
    expect(problemsOf({ ROLE })).toEqual([expect.stringMatching(/^DATABASE_URL is required with ROLE/)]);
  });

  it.each(["web", "resolver", "worker"])("%s is none of a demo", (ROLE) => {
    expect(problemsOf({ ...joining, ROLE, INSTANCE_KIND: "demo" })).toEqual([
      expect.stringMatching(/^ROLE must be all in a demo/),
    ]);
  });

  const others = {
    DATABASE_OWNER_URL: "postgresql://o:hunter2@h/d",
    DATABASE_READER_ROLE: "reader",
    REGISTRY_KEY_DIR: "/keys",
    SESSION_SECRET_FILE: "/secrets/session",
  };

  it.each(["resolver", "worker"])("%s is refused what only the control plane may have", (ROLE) => {
    const problems = problemsOf({ ...joining, ...others, ROLE });
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual(Object.keys(others));
    expect(problems.join()).not.toContain("hunter2");
    expect(problemsOf({ ...joining, ...others, ROLE: "web" })).toEqual([]);
  });

  it("passes to children no place of a secret it does not have", () => {
    const env = toEnvironment(parseConfig({ ...joining, ROLE: "resolver", KEY_SET_FILE: "/public/key-set.json" }));
    expect(Object.keys(env)).not.toContain("REGISTRY_KEY_DIR");
    expect(Object.keys(env)).not.toContain("SESSION_SECRET_FILE");
    expect(parseConfig(env)).toMatchObject({ role: "resolver", keySetFile: "/public/key-set.json" });
  });
});

it("keeps metrics off the port people reach", () => {
  expect(problemsOf({ PORT: "3000", METRICS_PORT: "3000" })[0]).toMatch(/^METRICS_PORT must be another port/);
  expect(parseConfig({ METRICS_PORT: "9464" }).metrics).toEqual({ host: "127.0.0.1", port: 9464 });
  expect(parseConfig({}).metrics).toBeNull();
});

describe("secrets in files", () => {
  const dir = mkdtempSync(path.join(tmpdir(), "cs-config-"));
  const file = (name: string, content: string) => {
    writeFileSync(path.join(dir, name), content);
    return path.join(dir, name);
  };
  const problemsOfFiles = (env: Record<string, string>) => {
    try {
      readSecretFiles(env);
      return [];
    } catch (error) {
      return (error as ConfigError).problems;
    }
  };
  afterAll(() => rmSync(dir, { recursive: true }));

  it("are read without the line break at their end", () => {
    const env = readSecretFiles({ PORT: "1", DATABASE_URL_FILE: file("url", "postgresql://a:b@h/d\n") });
    expect(env).toMatchObject({ PORT: "1", DATABASE_URL: "postgresql://a:b@h/d" });
  });

  it.each([
    ["missing", () => path.join(dir, "none")],
    ["empty", () => file("empty", "\n")],
    ["a folder", () => dir],
    ["too large", () => file("large", "x".repeat(16 * 1024 + 1))],
  ])("%s are refused by name", (_what, toFile) => {
    expect(problemsOfFiles({ DATABASE_URL_FILE: toFile() })).toEqual([
      expect.stringMatching(/^DATABASE_URL_FILE must name a readable file/),
    ]);
  });

  it("are refused beside the setting itself, and nothing of them is said", () => {
    const given = { DATABASE_OWNER_URL: "postgresql://o:one@h/d", DATABASE_OWNER_URL_FILE: file("two", "hunter2") };
    expect(problemsOfFiles(given)).toEqual([
      "DATABASE_OWNER_URL must not be set together with DATABASE_OWNER_URL_FILE.",
    ]);
  });
});

it("lists every problem of a bad configuration, and no secret", () => {
  const problems = problemsOf({ PORT: "x", HOST: "0.0.0.0", LOG_LEVEL: "loud", DATABASE_URL: "mysql://u:hunter2@h/d" });
  expect(problems.map((problem) => problem.split(" ")[0]).sort()).toEqual([
    "ANONYMOUS_READ",
    "DATABASE_URL",
    "LOG_LEVEL",
    "PORT",
    "PUBLIC_URL",
  ]);
  expect(problems.join("\n")).not.toContain("hunter2");
});

it("refuses an owner address without the application's", () => {
  expect(problemsOf({ DATABASE_OWNER_URL: "postgresql://o@h/d" })[0]).toMatch(/^DATABASE_URL is required/);
});

it("reaches children unchanged, without the owner's address", () => {
  const config = parseConfig({
    HOST: "0.0.0.0",
    PUBLIC_URL: "https://registry.example.com",
    ANONYMOUS_READ: "false",
    TRUSTED_PROXIES: "10.0.0.0/8,::1",
    DATABASE_URL: "postgresql://a@h/d",
    DATABASE_OWNER_URL: "postgresql://o:secret@h/d",
    DATA_DIR: "/srv/data",
    KEY_SET_FILE: "/srv/public/key-set.json",
    ROLE: "web",
    DATABASE_READER_ROLE: "countersign_reader",
    METRICS_PORT: "9464",
    LOG_REQUESTS: "true",
    DRAIN_SECONDS: "5",
  });
  const env = toEnvironment(config);
  expect(parseConfig(env)).toEqual({ ...config, databaseOwnerUrl: null });
  expect(JSON.stringify(env)).not.toContain("secret@");
});

it.each([
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["[::1]", true],
  ["::ffff:127.0.0.1", true],
  ["localhost", true],
  ["registry.localhost", true],
  ["0.0.0.0", false],
  ["::", false],
  ["localhost.example.com", false],
  ["10.0.0.1", false],
])("%s is loopback: %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
