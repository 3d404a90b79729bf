import fc from "fast-check";
import { afterAll, beforeAll, it } from "vitest";
import { schedule } from "#lib/testing/trouble/database-steps.ts";
import { DatabaseWorld } from "#lib/testing/trouble/database-world.ts";
import { scheduleRuns, scheduleTimeout } from "#lib/testing/trouble/runs.ts";

// The product's own verbs and readers on a real Postgres. A seed gives the same schedule again, not the same timing.
// `npm run schedules` does more of them.

let world: DatabaseWorld;

beforeAll(async () => {
  world = await DatabaseWorld.open();
});
afterAll(() => world.close());

it(
  "the ledger loses and reorders nothing, readers end equal to the database, and what was revoked stays so",
  async () => {
    // Failing is slow and depends on timing, so no shorter schedule is searched for.
    const settings = { ...scheduleRuns(100, 0.1), endOnFailure: true };
    await fc.assert(
      fc.asyncProperty(schedule, (steps) => world.run(steps)),
      settings,
    );
  },
  scheduleTimeout(600_000),
);
