import fc from "fast-check";
import { names, tags, type Verb, versions } from "#lib/testing/trouble/database-verbs.ts";

export const readers = 2;

const name = fc.constantFrom(...names);
const version = fc.constantFrom(...versions);
const reader = fc.nat(readers - 1);
const day = 86_400_000;

const verb: fc.Arbitrary<Verb> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant("publish" as const), name, version) },
  { weight: 5, arbitrary: fc.tuple(fc.constant("approve" as const), name, version) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("revoke" as const), name, version) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("withdraw" as const), name, version) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("expire" as const)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("tag" as const), name, fc.subarray(tags)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("select" as const), name, fc.constantFrom(...tags)) },
);

const step = fc.oneof(
  // Verbs of one step run at the same time; while they do, connections may be cut.
  {
    weight: 10,
    arbitrary: fc.tuple(
      fc.constant("write" as const),
      fc.array(verb, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(null, null, null, "countersign resolver" as const, "writers" as const),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant("clock" as const), fc.integer({ min: -40 * day, max: 80 * day })) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("kill" as const, "start" as const), reader) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("deafen" as const, "cut off" as const, "mend" as const), reader) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("cut" as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("lose a read" as const), reader, fc.nat(4)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("back up" as const, "restore" as const, "outage" as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("wait" as const), fc.integer({ min: 0, max: 40 })) },
);

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export const schedule: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 4, maxLength: 12 });
