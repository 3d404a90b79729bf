import pino from "pino";
import { config } from "#lib/config/index.ts";
import { isDomainError, PROBLEMS } from "#lib/core/errors.ts";

let logger: pino.Logger | undefined;

function log(): pino.Logger {
  logger ??= pino({ name: "http", base: null, level: config().logLevel }, pino.destination(2));
  return logger;
}

/** Writes what the caller is not told. Expected refusals are logged only when they carry a message for the log. */
export function logError(error: unknown, at: { requestId: string; path: string }): void {
  if (!isDomainError(error)) log().error({ ...at, err: error }, "unexpected error");
  else if (PROBLEMS[error.code].status >= 500) log().error({ ...at, err: error, note: error.log }, "refused");
  else if (error.log) log().info({ ...at, code: error.code, note: error.log }, "refused");
}
