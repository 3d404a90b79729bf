import { expect } from "vitest";
import { type DomainError, isDomainError, type ProblemCode } from "#lib/core/errors.ts";
import { countTables } from "#lib/testing/table-counts.ts";

/**
 * Runs something that must be refused with this code, and proves that no row was written beyond the refusal chain.
 * @param entries how many entries it leaves there.
 */
export async function expectRefusal(
  code: ProblemCode,
  entries: 0 | 1,
  run: () => Promise<unknown>,
): Promise<DomainError> {
  const before = await countTables("Throttle");
  const error = await run().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(isDomainError(error) ? error.code : error).toBe(code);
  const after = await countTables("Throttle");
  const { RefusalEntry: refusalsBefore = 0, ...rest } = before;
  const { RefusalEntry: refusalsAfter = 0, ...restAfter } = after;
  expect(restAfter).toEqual(rest);
  expect(refusalsAfter - refusalsBefore).toBe(entries);
  return error as DomainError;
}
