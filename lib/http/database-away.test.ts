import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { mintSecret } from "#lib/access/tokens/secret.ts";
import type { Actor } from "#lib/core/context.ts";
import { closeDb, db } from "#lib/db/client.ts";
import { action } from "#lib/http/action.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { callHandler } from "#lib/testing/handler-call.ts";

// What people and programs are told while the database does not answer: whether anything of theirs was saved.

const request = vi.hoisted(() => ({ actor: async (): Promise<Actor> => ({ kind: "anonymous" }) }));
vi.mock("#lib/session/index.ts", () => ({
  requestHeaders: async () => new Headers({ origin: "http://localhost:3000" }),
  currentActor: () => request.actor(),
}));
const logError = vi.hoisted(() => vi.fn());
vi.mock("#lib/http/error-log.ts", () => ({ logError }));

const own = process.env.DATABASE_URL;
beforeAll(async () => {
  await closeDb();
  process.env.DATABASE_URL = "postgresql://app:hunter2@127.0.0.1:1/registry";
});
afterAll(async () => {
  await closeDb();
  process.env.DATABASE_URL = own;
});
beforeEach(() => {
  run.mockClear();
  logError.mockClear();
  request.actor = async () => ({ kind: "anonymous" });
});

const run = vi.fn(async () => void (await db().person.findFirst()));
const nothingSaved = "The database does not answer; nothing was saved. Try again in a moment.";
const perhapsSaved = "The database stopped answering. Look whether this was saved before you try again.";
const notRead = "The database does not answer. Try again in a moment.";

function expectLogged(): void {
  const [error] = logError.mock.calls[0] ?? [];
  expect([logError.mock.calls.length, error.code, error.cause.code]).toEqual([1, "unavailable", "P1001"]);
}

describe("an action", () => {
  const save = action({ caller: "anyone", input: anyInput, run });
  const ask = () => save({ status: "idle" }, { name: "x" });
  const problem = {
    code: "unavailable",
    status: 503,
    type: "http://localhost:3000/problems/unavailable",
    title: "Temporarily unavailable",
  };

  it("whose caller cannot be looked up has saved nothing, and says so", async () => {
    request.actor = () => db().person.findFirst() as never;
    const state = await ask();
    expect(state).toMatchObject({ status: "refused", problem: { ...problem, detail: nothingSaved } });
    expect(JSON.stringify(state)).not.toMatch(/hunter2|127\.0\.0\.1|P1001/);
    expect(run).not.toHaveBeenCalled();
    expectLogged();
  });

  it("that had begun does not claim that", async () => {
    expect(await ask()).toMatchObject({ status: "refused", problem: { ...problem, detail: perhapsSaved } });
    expect(run).toHaveBeenCalledOnce();
    expectLogged();
  });
});

describe("a route", () => {
  const handler = route({ caller: "anyone", input: anyInput, run });
  const bearer = mintSecret("cst").secret;

  it.each([
    ["a read", { method: "GET" }, notRead, 1],
    ["a read by a token that cannot be looked up", { method: "GET", bearer }, notRead, 0],
    ["a write by a token that cannot be looked up", { method: "POST", body: {}, bearer }, nothingSaved, 0],
    ["a write that had begun", { method: "DELETE" }, perhapsSaved, 1],
  ])("%s answers 503 with when to come back", async (_what, call, detail, runs) => {
    const { status, headers, body } = await callHandler(handler, call);
    expect([status, body.code, body.detail]).toEqual([503, "unavailable", detail]);
    expect([headers.get("content-type"), headers.get("retry-after")]).toEqual(["application/problem+json", "2"]);
    expect(run).toHaveBeenCalledTimes(runs);
    expectLogged();
  });
});
