import { isDomainError } from "#lib/core/errors.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";

const refusalTables = ["RefusalEntry", "RefusalHead", "Throttle"];

/** `allowed`, the code of the refusal, or the text of an unexpected error. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "allowed",
    (error: unknown) => (isDomainError(error) ? error.code : String(error)),
  );
}

/**
 * The refusal's code.
 * @throws Error when the call wrote anything but refusals and their counters.
 */
export async function refusalOf(call: () => Promise<unknown>): Promise<string> {
  const before = await readTableContents(...refusalTables);
  const code = await codeOf(call());
  const after = await readTableContents(...refusalTables);
  const changed = Object.keys(after).filter((table) => JSON.stringify(before[table]) !== JSON.stringify(after[table]));
  if (changed.length > 0) throw new Error(`${code}, but ${changed.join(", ")} changed`);
  return code;
}
