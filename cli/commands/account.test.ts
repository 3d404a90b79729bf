import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeFolder, runCli } from "../testing/run-cli.ts";
import { problem, type Seen, startWebServer, type WebServer } from "../testing/web-server.ts";

const token = "cst_0123456789abcdef";
const session = "css_0123456789abcdef";
const me = {
  kind: "token",
  label: "release\u001b[31m bot",
  email: null,
  scopes: ["publish"],
  namespaces: ["com.acme"],
  grants: [],
  expiresAt: "2027-01-01T00:00:00.000Z",
};

let server: WebServer;
let dir = "";

function answer({ method, path: asked, authorization }: Seen) {
  if (method === "DELETE" && asked === "/api/v1/sessions/current") return { body: "" };
  if (asked !== "/api/v1/whoami") return null;
  const known = authorization === `Bearer ${token}` || authorization === `Bearer ${session}`;
  return known ? { body: me } : problem(401, "unauthenticated", "The token is unknown.");
}

beforeAll(async () => {
  server = await startWebServer(() => answer);
});
afterAll(() => server.close());
beforeEach(() => {
  dir = makeFolder();
});
afterEach(() => rmSync(dir, { recursive: true }));

const file = () => path.join(dir, "config", "credentials.json");
const login = (stdin: string) => runCli(dir, ["login", "--registry", `${server.address}/`, "--json"], { stdin });

describe("login, whoami, logout", () => {
  it("stores a token from standard input, privately, and uses it for its registry alone", async () => {
    const run = await login(`${token}\n`);
    expect(run.exit).toBe(0);
    expect(run.json()).toMatchObject({ ok: true, registry: server.address, identity: { namespaces: ["com.acme"] } });
    expect(run.stdout + run.stderr).not.toContain(token);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file())).mode & 0o777).toBe(0o700);
    expect((await runCli(dir, ["whoami"])).exit).toBe(0);
    const other = await startWebServer(() => () => problem(401, "unauthenticated", "Who?"));
    const elsewhere = await runCli(dir, ["whoami", "--registry", other.address]);
    expect([elsewhere.exit, other.seen[0]?.authorization]).toEqual([5, null]);
    await other.close();
  });

  it("stores nothing when the registry does not know the token", async () => {
    const run = await login("cst_wrong-token-000");
    expect([run.exit, run.json().error]).toEqual([5, expect.objectContaining({ code: "unauthenticated" })]);
    expect(existsSync(file())).toBe(false);
  });

  it.each(["", "hunter2", "cst_a b", "x".repeat(70_000)])(
    "refuses what is no token without sending it",
    async (stdin) => {
      const asked = server.seen.length;
      expect((await login(stdin)).exit).toBe(2);
      expect(server.seen).toHaveLength(asked);
      expect(existsSync(file())).toBe(false);
    },
  );

  it("takes no token as an argument", async () => {
    expect((await runCli(dir, ["login", token, "--registry", server.address])).exit).toBe(2);
    expect((await runCli(dir, ["login", "--token", token, "--registry", server.address])).exit).toBe(2);
  });

  it("asks no password where nobody can be asked", async () => {
    const run = await runCli(dir, ["login", "--email", "a@b.example", "--registry", server.address, "--json"], {
      stdin: "pw",
    });
    expect([run.exit, run.json().error]).toEqual([2, expect.objectContaining({ code: "cannot-ask" })]);
  });

  it("escapes what the registry says about the token", async () => {
    await login(token);
    const run = await runCli(dir, ["whoami"]);
    expect(run.stdout).toContain("Signed in as release\\u{1B}[31m bot");
    expect(run.stdout).not.toContain("\u001b");
  });

  it("refuses a credentials file that others can read", async () => {
    await login(token);
    chmodSync(file(), 0o644);
    const run = await runCli(dir, ["whoami", "--registry", server.address, "--json"]);
    expect([run.exit, run.json().error]).toEqual([2, expect.objectContaining({ code: "file-not-private" })]);
  });

  it("refuses a credentials file it does not understand, and leaves it alone", async () => {
    await login(token);
    writeFileSync(file(), '{"schema":2}');
    expect((await login(token)).exit).toBe(2);
    expect(readFileSync(file(), "utf8")).toBe('{"schema":2}');
  });

  it("forgets the token, and ends a session at the registry", async () => {
    await login(token);
    expect((await runCli(dir, ["logout", "--json"])).json()).toMatchObject({ removed: true, sessionEnded: false });
    expect(readFileSync(file(), "utf8")).not.toContain(token);
    await login(session);
    const asked = server.seen.length;
    expect((await runCli(dir, ["logout", "--json"])).json()).toMatchObject({ removed: true, sessionEnded: true });
    expect(server.seen.slice(asked)).toMatchObject([{ method: "DELETE", authorization: `Bearer ${session}` }]);
    const again = await runCli(dir, ["logout", "--registry", server.address, "--json"]);
    expect([again.exit, again.json().removed]).toEqual([0, false]);
  });
});
