import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Example, listOperations } from "#lib/api-docs/index.ts";
import { makeUp } from "#lib/testing/api-docs/made-up.ts";
import { playScenario } from "#lib/testing/api-docs/scenario/index.ts";
import { type ApiStage, openApiStage } from "#lib/testing/api-docs/stage.ts";
import documented from "./_parts/examples.json" with { type: "json" };
import { routes } from "./_parts/routes.ts";

// After a change of what is answered: `API_EXAMPLES=write vitest run app/api/v1/openapi.json`, then format the file.

const operations = listOperations(routes);
let stage: ApiStage;
let replayed: Record<string, Example>;

beforeAll(async () => {
  stage = await openApiStage();
  replayed = toExamples(await playScenario(stage, operations));
  if (process.env.API_EXAMPLES === "write") {
    const file = path.join(import.meta.dirname, "_parts/examples.json");
    writeFileSync(file, `${JSON.stringify(replayed, null, 2)}\n`);
  }
});
afterAll(() => stage.close());

/** The first call of each operation, with ids, times, keys and secrets made up. The document is no example of itself. */
function toExamples(recorded: (Example & { id: string })[]): Record<string, Example> {
  const examples: Record<string, Example> = {};
  for (const { id, ...call } of recorded) {
    examples[id] ??= makeUp(id === "getApiDocument" ? { status: call.status } : call);
  }
  return examples;
}

it("every operation has an example of its request and its answer", () => {
  const ids = operations.map(({ declaration }) => declaration.describe?.id ?? "");
  expect(Object.keys(documented).toSorted()).toEqual(ids.toSorted());
});

it.each(Object.keys(documented))("%s answers as its example says", (id) => {
  expect(replayed[id]).toEqual(documented[id as keyof typeof documented]);
});
