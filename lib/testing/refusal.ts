import { expect } from "vitest";
import { type DomainError, isDomainError, type ProblemCode } from "#lib/core/errors.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";

/** The refusal chain and its counters. */
const refusalTables = ["RefusalEntry", "RefusalHead", "Throttle"];

/**
 * Runs something that must be refused with this code, and proves that nothing was written anywhere but in the refusal
 * chain.
 * @param entries how many entries it leaves there.
 */
export async function expectRefusal(
  code: ProblemCode,
  entries: 0 | 1,
  run: () => Promise<unknown>,
): Promise<DomainError> {
  const refusalsBefore = await countRefusals();
  const before = await readTableContents(...refusalTables);
  const error = await run().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(isDomainError(error) ? error.code : error).toBe(code);
  expect(await readTableContents(...refusalTables)).toEqual(before);
  expect((await countRefusals()) - refusalsBefore).toBe(entries);
  return error as DomainError;
}

async function countRefusals(): Promise<number> {
  return (await readTableContents()).RefusalEntry?.rows ?? 0;
}
