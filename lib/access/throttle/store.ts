import { db } from "#lib/db/client.ts";

export type WindowCount = { count: number; windowStart: Date };

/** Adds one to a fixed window and returns its count, in one statement, so that processes cannot overtake each other. */
export async function countInWindow(key: string, now: Date, windowMs: number): Promise<WindowCount> {
  const expired = new Date(now.getTime() - windowMs);
  const rows = await db().$queryRaw<WindowCount[]>`
    INSERT INTO "Throttle" AS t (key, "windowStart", count) VALUES (${key}, ${now}, 1)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN t."windowStart" <= ${expired} THEN 1 ELSE t.count + 1 END,
      "windowStart" = CASE WHEN t."windowStart" <= ${expired} THEN EXCLUDED."windowStart" ELSE t."windowStart" END
    RETURNING count, "windowStart"`;
  return rows[0] ?? { count: 1, windowStart: now };
}

export async function clearWindow(key: string): Promise<void> {
  await db().throttle.deleteMany({ where: { key } });
}

/** Takes one back from a window that counts all attempts, when the attempt was a good one. */
export async function uncountInWindow(key: string): Promise<void> {
  await db().throttle.updateMany({ where: { key, count: { gt: 0 } }, data: { count: { decrement: 1 } } });
}

export async function deleteWindowsBefore(before: Date, prefix: string): Promise<void> {
  await db().throttle.deleteMany({ where: { key: { startsWith: prefix }, windowStart: { lt: before } } });
}
