import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listOperations, type RoutedOperation } from "#lib/api-docs/index.ts";
import { callOperation, type OperationAnswer } from "#lib/testing/api-docs/call-operation.ts";
import { findBreach } from "#lib/testing/api-docs/conformance.ts";
import { type Credentials, isToken, openCallers, type Who } from "#lib/testing/api-docs/fuzz/callers.ts";
import { type Caller, type FuzzCall, type FuzzWorld, toCalls } from "#lib/testing/api-docs/fuzz/calls.ts";
import { openWorld } from "#lib/testing/api-docs/fuzz/world.ts";
import { playScenario } from "#lib/testing/api-docs/scenario/index.ts";
import { type ApiStage, openApiStage } from "#lib/testing/api-docs/stage.ts";
import { readTableContents, type TableContents } from "#lib/testing/table-contents.ts";
import { routes } from "./_parts/routes.ts";

// Whatever is sent, the answer is one that the document describes, and what is refused leaves nothing behind. More with
// `API_FUZZ_RUNS=500 API_FUZZ_SEED=1 vitest run app/api/v1/openapi.json/fuzz`.

const numRuns = Number(process.env.API_FUZZ_RUNS ?? 6);
const seed = Number(process.env.API_FUZZ_SEED ?? 20261122);
const operations = listOperations(routes);
let stage: ApiStage;
let world: FuzzWorld<Who>;
let credentials: Credentials;
let contents: TableContents | null = null;
let serial = 0;
const seen = new Map<number, number>();

beforeAll(async () => {
  stage = await openApiStage();
  world = await openWorld(stage, await playScenario(stage, operations));
  credentials = await openCallers(stage);
});
afterAll(() => stage.close());

/** All but what being refused may move; of sessions and tokens, whose last use is noted, how many there are. */
async function readContents(): Promise<TableContents> {
  const { Session, Token, ...rest } = await readTableContents("RefusalEntry", "RefusalHead", "Throttle");
  const counted = { Session: { rows: Session?.rows ?? 0, digest: "" }, Token: { rows: Token?.rows ?? 0, digest: "" } };
  return { ...rest, ...counted };
}

async function ask(operation: RoutedOperation, { caller, call }: FuzzCall<Who>): Promise<string | null> {
  const before = contents ?? (await readContents());
  contents = null;
  serial += 1;
  const from = { "x-forwarded-for": `10.${serial >> 8}.${serial & 255}.7` };
  const headers = { ...from, ...call.headers, ...credentials.of(caller) };
  const answer = await callOperation(operation, { ...call, headers });
  seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
  const safe = operation.method === "GET" || answer.status >= 400;
  if (safe) {
    contents = await readContents();
    expect(contents, `${answer.status}`).toEqual(before);
  }
  if (await credentials.renew(caller, answer.status)) contents = null;
  return findBreach(operation, answer) ?? findTrespass(operation, caller, answer);
}

/** Nobody and no token gets further than the document says. */
function findTrespass(
  { declaration }: RoutedOperation,
  caller: Caller<Who>,
  { status }: OperationAnswer,
): string | null {
  if (declaration.caller === "anyone") return null;
  const stranger = caller === null || "authorization" in caller;
  if (stranger && status !== 401) return `${status} without credentials`;
  const never = isToken(caller) && declaration.describe?.token === undefined;
  return never && status < 400 ? `${status} for an API token` : null;
}

it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  "%s",
  async (_name, operation) => {
    const calls = fc.sample(toCalls(operation, world), { seed, numRuns });
    expect(calls.length).toBe(numRuns);
    for (const each of calls) {
      const breach = await ask(operation, each);
      expect(breach, JSON.stringify(each).slice(0, 2000)).toBeNull();
    }
  },
  20_000 + numRuns * 500,
);

it("some of it is let in, and refusals are of every kind", () => {
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 415, 422]));
});
