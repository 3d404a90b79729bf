import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listOperations, type RoutedOperation } from "#lib/api-docs/index.ts";
import { callOperation, type OperationAnswer } from "#lib/testing/api-docs/call-operation.ts";
import { findBreach } from "#lib/testing/api-docs/conformance.ts";
import { isToken, openCallers, type Who } from "#lib/testing/api-docs/fuzz/callers.ts";
import { type Caller, type FuzzCall, type FuzzWorld, toCalls } from "#lib/testing/api-docs/fuzz/calls.ts";
import { openWorld } from "#lib/testing/api-docs/fuzz/world.ts";
import { playScenario } from "#lib/testing/api-docs/scenario/index.ts";
import { type ApiStage, openApiStage } from "#lib/testing/api-docs/stage.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";
import { countTables } from "#lib/testing/table-counts.ts";
import { routes } from "./_parts/routes.ts";

// Whatever is sent, the answer is one that the document describes, and what is refused leaves nothing behind. More with
// `API_FUZZ_RUNS=500 API_FUZZ_SEED=1 vitest run app/api/v1/openapi.json/fuzz`.

const numRuns = Number(process.env.API_FUZZ_RUNS ?? 6);
const seed = Number(process.env.API_FUZZ_SEED ?? 20261122);
const operations = listOperations(routes);
let stage: ApiStage;
let world: FuzzWorld<Who>;
let authorizationOf: (caller: Caller<Who>) => Promise<string | null>;
let serial = 0;
const seen = new Map<number, number>();

beforeAll(async () => {
  stage = await openApiStage();
  world = await openWorld(stage, await playScenario(stage, operations));
  authorizationOf = await openCallers(stage);
});
afterAll(() => stage.close());

/** All but what being refused and being seen may move; of sessions and tokens, how many there are. */
const readContents = async () => [
  await readTableContents("RefusalEntry", "RefusalHead", "Throttle", "Session", "Token"),
  await countTables("RefusalEntry", "RefusalHead", "Throttle"),
];

async function ask(operation: RoutedOperation, { caller, call }: FuzzCall<Who>): Promise<string | null> {
  const authorization = await authorizationOf(caller);
  serial += 1;
  const address = `10.${serial >> 8}.${serial & 255}.7`;
  const headers = { "x-forwarded-for": address, ...call.headers, ...(authorization !== null && { authorization }) };
  const before = await readContents();
  const answer = await callOperation(operation, { ...call, headers });
  seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
  const breach = findBreach(operation, answer) ?? findTrespass(operation, caller, answer);
  if (breach) return breach;
  const safe = operation.method === "GET" || answer.status >= 400;
  if (safe) expect(await readContents(), `${answer.status}`).toEqual(before);
  return null;
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
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 403, 404, 409, 413, 415, 422]));
});
