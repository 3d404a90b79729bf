import fc from "fast-check";
import type { Selection } from "#lib/channels/selection.ts";

export const names = ["io.acme/aa", "io.acme/bb", "io.acme/cc"];
export const versions = ["1.0.0", "1.1.0", "2.0.0"];
export const readers = 2;

const name = fc.constantFrom(...names);
const version = fc.constantFrom(...versions);
const reader = fc.nat(readers - 1);
const jump = fc.integer({ min: -30, max: 60 });
const tags = fc.subarray(["a", "b"]);
const selection = fc.constantFrom<Selection>(
  { include: [{ tag: "a" }], exclude: [] },
  { include: [{ namespace: "*" }], exclude: [{ tag: "b" }] },
);
export const tokens = ["t", "u"];

const write = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant("approve" as const), name, version, fc.integer({ min: 1, max: 80 })) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom("revoke" as const, "quarantine" as const), name, version) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("expire" as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("rotate keys" as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("back up" as const, "restore" as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("poison" as const, "cure" as const), name) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("clock" as const), jump) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("tag" as const), name, tags) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("edit" as const), selection) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("give" as const, "take" as const), fc.constantFrom(...tokens)) },
);

/**
 * What happens before the next reads of a reader: nothing, a write, what it shows is followed beside a load, or the
 * connection is lost. A database is mostly replaced behind connections that end; `replace` is the other kind, as by a pooler or by loading a dump in place.
 */
const interruption = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: write },
  { weight: 2, arbitrary: fc.tuple(fc.constant("follow beside" as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("lose" as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("replace" as const)) },
);

const read = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constant("follow" as const), reader, fc.array(interruption, { maxLength: 12 })),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("restart" as const, "cut" as const, "mend" as const), reader) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("reader clock" as const), reader, jump) },
);

export type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;
export type Interruption = typeof interruption extends fc.Arbitrary<infer T> ? T : never;
export type Step = Write | (typeof read extends fc.Arbitrary<infer T> ? T : never);

export const schedule: fc.Arbitrary<Step[]> = fc.array(fc.oneof(write, read), { minLength: 10, maxLength: 60 });
