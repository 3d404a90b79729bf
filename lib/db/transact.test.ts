import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { isConflict, transact } from "#lib/db/transact.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await db().throttle.createMany({ data: ["a", "b"].map((key) => ({ key, windowStart: new Date(0), count: 0 })) });
});
afterAll(() => database.drop());

const bump = (key: string) => ({ where: { key }, data: { count: { increment: 1 } } });

/** Lets two transactions wait for each other once, whatever happens afterwards. */
function createMeeting() {
  let waiting: (() => void) | null = null;
  let met = false;
  return async () => {
    if (met) return;
    if (waiting) {
      met = true;
      return waiting();
    }
    await new Promise<void>((resolve) => {
      waiting = resolve;
    });
  };
}

describe("transact", () => {
  it("commits what it did and returns the result", async () => {
    const count = await transact(async (tx) => (await tx.throttle.update(bump("a"))).count);
    expect(await db().throttle.findUnique({ where: { key: "a" } })).toMatchObject({ count });
  });

  it("leaves nothing behind when the work throws, and does not try again", async () => {
    const key = randomUUID();
    let runs = 0;
    const work = transact(async (tx) => {
      runs++;
      await tx.throttle.create({ data: { key, windowStart: new Date(0), count: 1 } });
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(runs).toBe(1);
    expect(await db().throttle.findUnique({ where: { key } })).toBeNull();
  });

  it("runs the loser of a deadlock again, so that both get through", async () => {
    const before = await db().throttle.findMany({ where: { key: { in: ["a", "b"] } } });
    const meet = createMeeting();
    let runs = 0;
    const lock = (first: string, second: string) =>
      transact(async (tx) => {
        runs++;
        await tx.throttle.update(bump(first));
        await meet();
        await tx.throttle.update(bump(second));
      });
    await Promise.all([lock("a", "b"), lock("b", "a")]);
    expect(runs).toBe(3);
    const after = await db().throttle.findMany({ where: { key: { in: ["a", "b"] } } });
    const sum = (rows: { count: number }[]) => rows.reduce((total, row) => total + row.count, 0);
    expect(sum(after)).toBe(sum(before) + 4);
  });

  it("runs the loser of a serialization conflict again", async () => {
    const meet = createMeeting();
    let runs = 0;
    const readThenBump = () =>
      transact(
        async (tx) => {
          runs++;
          await tx.throttle.findUnique({ where: { key: "a" } });
          await meet();
          await tx.throttle.update(bump("a"));
        },
        { isolation: "Serializable" },
      );
    await Promise.all([readThenBump(), readThenBump()]);
    expect(runs).toBe(3);
  });

  it("gives up after four attempts", async () => {
    let runs = 0;
    const conflict = Object.assign(new Error("conflict"), { code: "P2034" });
    await expect(
      transact(async () => {
        runs++;
        throw conflict;
      }),
    ).rejects.toBe(conflict);
    expect(runs).toBe(4);
  });
});

it.each([
  [{ code: "40001" }, true],
  [{ code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "40P01" } } } }, true],
  [{ cause: { kind: "TransactionWriteConflict" } }, true],
  [{ code: "P2002" }, false],
  [{ message: "40001" }, false],
  ["40001", false],
  [null, false],
])("isConflict(%j) is %s", (error, expected) => {
  expect(isConflict(error)).toBe(expected);
});
