import { damaged, unfit } from "#lib/backup/refusals.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { escapeForTerminal } from "#lib/core/escape.ts";

/**
 * A failed restore, for whoever asked for it: what is wrong with the file, or which rule of the database it breaks.
 * Anything else, such as a lost connection, comes back as it is.
 */
export function explainFailure(error: unknown): unknown {
  if (isDomainError(error) || !(error instanceof Error)) return error;
  const { code = "" } = error as { code?: string };
  // SQLSTATE classes 22 and 23: a value that is none of its type, a row that a constraint refuses.
  if (/^2[23]...$/.test(code))
    return unfit(`The database refuses the backup: ${escapeForTerminal(error.message)}.`, error);
  const isOfFile = /^(Z_|ZSTD_)/.test(code);
  return isOfFile ? damaged(`it changed while it was read (${escapeForTerminal(error.message)})`, error) : error;
}
