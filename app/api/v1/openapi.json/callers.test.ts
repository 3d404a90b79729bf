import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listOperations, type RoutedOperation } from "#lib/api-docs/index.ts";
import type { CallerRole } from "#lib/http/index.ts";
import { openApiSession } from "#lib/testing/api-call.ts";
import { callOperation } from "#lib/testing/api-docs/call-operation.ts";
import { type Credentials, openCallers, type Who } from "#lib/testing/api-docs/fuzz/callers.ts";
import type { Recorded } from "#lib/testing/api-docs/scenario/api.ts";
import { playScenario } from "#lib/testing/api-docs/scenario/index.ts";
import { type ApiStage, openApiStage } from "#lib/testing/api-docs/stage.ts";
import { insertPerson } from "#lib/testing/lifecycle.ts";
import { routes } from "./_parts/routes.ts";

// Who may call is in the document, so it is tried, with what the scenario asked for and left behind.

const operations = listOperations(routes);
const read = operations
  .filter(({ method, declaration }) => method === "GET" && declaration.caller === "authenticated")
  .map((operation) => [operation.declaration.describe?.id ?? "", operation] as const);
const written = operations
  .filter(({ method, declaration }) => method !== "GET" && declaration.caller === "authenticated" && !declaration.parts)
  .map((operation) => [operation.declaration.describe?.id ?? "", operation] as const);
let stage: ApiStage;
let recorded: Recorded[];
let credentials: Credentials;
let stranger: string;

beforeAll(async () => {
  stage = await openApiStage();
  recorded = await playScenario(stage, operations);
  credentials = await openCallers(stage);
  stranger = await openApiSession(await insertPerson("Sid Stranger", [], stage.registry.clock));
});
afterAll(() => stage.close());

async function statusFor(operation: RoutedOperation, headers: Record<string, string>): Promise<number> {
  const known = recorded.findLast(({ id }) => id === operation.declaration.describe?.id);
  const query = Object.entries(known?.query ?? {});
  const sent = operation.method === "GET" || known?.body === undefined ? {} : { body: known.body };
  return (await callOperation(operation, { params: known?.params ?? {}, query, headers, ...sent })).status;
}

const as = (who: Who) => credentials.of({ who });
/** Nobody on the stage owns a namespace; who uploads is the publisher. */
const stands: Partial<Record<CallerRole, Who>> = {
  admin: "admin",
  auditor: "auditor",
  reviewer: "reviewer",
  publisher: "publisher",
};

describe.each(read)("%s", (_id, operation) => {
  const { person = [], token } = operation.declaration.describe ?? {};

  it("answers the roles it names, and somebody without a role only where everybody is meant", async () => {
    const roles = person.flatMap((role) => stands[role] ?? []);
    const statuses = await Promise.all(roles.map((role) => statusFor(operation, as(role))));
    expect(statuses).toEqual(roles.map(() => 200));
    const status = await statusFor(operation, { authorization: `Bearer ${stranger}` });
    expect(person.includes("member") ? [200, 404] : [403, 404]).toContain(status);
  });

  it.each(["read", "publish", "audit"] as const)("a token with the scope %s only where it is named", async (scope) => {
    const allowed = token !== undefined && (token.length === 0 || token.includes(scope));
    expect(await statusFor(operation, as(`token:${scope}`))).toBe(allowed ? 200 : 403);
  });
});

const describedOf = (operation: RoutedOperation) => operation.declaration.describe;
const forSome = written.filter(([, operation]) => !describedOf(operation)?.person?.includes("member"));
const forPeople = written.filter(([, operation]) => describedOf(operation)?.token === undefined);

it.each(forSome)("%s refuses somebody without a role what was granted to others", async (_id, operation) => {
  expect([403, 404]).toContain(await statusFor(operation, { authorization: `Bearer ${stranger}` }));
});

it.each(forPeople)("%s refuses every token what was granted to a person", async (_id, operation) => {
  for (const scope of ["read", "publish", "audit"] as const) {
    expect([scope, await statusFor(operation, as(`token:${scope}`))]).toEqual([scope, 403]);
  }
});
