import { rmSync } from "node:fs";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { makeFolder, runCli } from "../testing/run-cli.ts";
import { type Handler, problem, startWebServer, type WebServer } from "../testing/web-server.ts";

const dir = makeFolder();
const servers: WebServer[] = [];
const token = { COUNTERSIGN_TOKEN: "cst_0123456789" };

async function ask(handler: Handler, args: string[] = []) {
  const server = await startWebServer(() => handler);
  servers.push(server);
  const run = await runCli(dir, ["status", "com.acme/weather@1.0.0", "--registry", server.address, ...args], {
    env: token,
  });
  return { ...run, server };
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => rmSync(dir, { recursive: true }));

describe("what the registry answers", () => {
  it.each([
    [401, 5],
    [403, 5],
    [404, 6],
    [409, 4],
    [422, 4],
    [429, 8],
    [500, 8],
    [503, 8],
  ])("%i ends with %i and the registry's words", async (status, exit) => {
    const run = await ask(() => problem(status, "some-code", "This is why."), ["--json"]);
    expect(run.exit).toBe(exit);
    expect(run.json()).toMatchObject({ ok: false, error: { code: "some-code", message: "This is why.", status } });
  });

  it("shows every wrong field, escaped", async () => {
    const errors = [{ pointer: "/na\u001b[2Jme", detail: "is \u202ewrong", code: "bad" }];
    const run = await ask(() =>
      problem(422, "manifest-invalid", "Not\u0007 valid.", { errors, identity: { ref: "a\nb", sha: null } }),
    );
    expect(run.stderr).toContain("Not\\u{7} valid.");
    expect(run.stderr).toContain("/na\\u{1B}[2Jme  is \\u{202E}wrong (bad)");
    expect(run.stderr).toContain("identity ref: a\\u{A}b");
    for (const character of "\u0007\u001b\u202e") expect(run.stderr).not.toContain(character);
  });

  it.each([
    ["no JSON", { status: 502, type: "text/html", body: "<h1>Bad gateway</h1>" }, "http-502"],
    ["another shape", { body: { name: 1 } }, "answer-unexpected"],
    ["no strict JSON", { body: '{"name":"a","name":"b"}' }, "answer-unexpected"],
    ["endless text", { body: "x".repeat(5 * 1024 * 1024) }, "answer-too-large"],
  ])("does not accept %s", async (_what, reply, code) => {
    const run = await ask(() => reply, ["--json"]);
    expect(run.exit).toBe(8);
    expect(run.json()).toMatchObject({ ok: false, error: { code } });
    expect(run.server.seen).toHaveLength(1);
  });

  it("follows no redirect, but says where it points", async () => {
    const run = await ask(() => ({ status: 308, headers: { location: "http://localhost:1/x" }, body: "" }));
    expect(run.exit).toBe(2);
    expect(run.stderr).toContain("It points to http://localhost:1: use that address.");
    expect(run.server.seen).toHaveLength(1);
  });

  it("says what it waits for when an answer takes a while", async () => {
    const busy = await ask(() => ({ ...problem(404, "not-found", "Gone."), delayMs: 1200 }));
    expect(busy.stderr).toMatch(/^Asking http:\/\/127\.0\.0\.1:\d+…\n/);
  });

  it("says when nobody is there", async () => {
    const run = await runCli(dir, ["status", "a.b/cd@1", "--registry", "http://127.0.0.1:1", "--json"], { env: token });
    expect([run.exit, run.json().error]).toEqual([8, expect.objectContaining({ code: "unreachable" })]);
  });
});

describe("which addresses are used", () => {
  it.each([
    ["http://registry.acme.example", "insecure-address"],
    ["http://10.0.0.1", "insecure-address"],
    ["ftp://registry.acme.example", "insecure-address"],
    ["https://me:secret@registry.acme.example", "registry-address"],
    ["registry", "registry-address"],
    ["https://registry.acme.example/?x", "registry-address"],
  ])("refuses %s without asking", async (address, code) => {
    const run = await runCli(dir, ["whoami", "--registry", address, "--json"], { env: token });
    expect([run.exit, run.json().error]).toEqual([2, expect.objectContaining({ code })]);
  });
});
