import { describe, expect, it } from "vitest";
import { ConfigError, isLoopback, parseConfig, toEnvironment } from "#lib/config/index.ts";

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
