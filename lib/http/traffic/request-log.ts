import type { IncomingMessage, ServerResponse } from "node:http";
import { isProbePath } from "#lib/http/probes.ts";
import { redactPath } from "#lib/http/traffic/redact-path.ts";

/** The part of a pino logger this needs. */
export type RequestLogger = Record<"info" | "warn", (fields: Record<string, unknown>, message: string) => void>;

export type RequestLogOptions = {
  logger: RequestLogger;
  /** Every request, not only those that failed on our side. */
  all: boolean;
  clientAddress: (request: IncomingMessage) => string;
};

const maxFailuresPerSecond = 20;

/**
 * One line per finished request: its id, method, redacted path, status, time and the client's address; never a query, a
 * header or a body. Failures on our side are logged always, at most 20 a second, with how many more there were; probes,
 * whose answer nobody need be told twice, never.
 */
export function createRequestLog({ logger, all, clientAddress }: RequestLogOptions) {
  let second = 0;
  let failures = 0;
  const mayTell = (now: number) => {
    const current = Math.floor(now / 1000);
    if (current !== second) {
      const left = failures - maxFailuresPerSecond;
      if (left > 0) logger.warn({ event: "requests-failed", count: left }, "More requests failed than are logged");
      second = current;
      failures = 0;
    }
    return ++failures <= maxFailuresPerSecond;
  };
  /** @param now by `performance.now()`. */
  return (response: ServerResponse, requestId: () => string, startedAt: number, now: number): void => {
    const { method, url = "" } = response.req;
    const failed = response.statusCode >= 500;
    if ((!all && !failed) || isProbePath(url)) return;
    if (!all && !mayTell(now)) return;
    const fields = {
      event: "request",
      requestId: requestId(),
      method,
      path: redactPath(url),
      status: response.statusCode,
      ms: Math.round((now - startedAt) * 10) / 10,
      ...(response.writableFinished ? {} : { aborted: true }),
      address: clientAddress(response.req),
    };
    if (failed) logger.warn(fields, "request failed");
    else logger.info(fields, "request");
  };
}
