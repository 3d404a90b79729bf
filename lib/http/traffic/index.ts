import type { IncomingMessage, ServerResponse } from "node:http";
import { nameRequest, requestIdOf, watch } from "#lib/http/traffic/exchange.ts";
import { RequestCounts } from "#lib/http/traffic/request-counts.ts";
import { createRequestLog, type RequestLogger } from "#lib/http/traffic/request-log.ts";
import type { Metrics } from "#lib/metrics/index.ts";

export { requestIdOf } from "#lib/http/traffic/exchange.ts";

export type TrafficOptions = {
  metrics: Metrics;
  logger: RequestLogger;
  /** Log every request, not only failures; every answer then names its request id. */
  logRequests: boolean;
  clientAddress: (request: IncomingMessage) => string;
  /** The id a proxy of ours gave the request. */
  givenId: (request: IncomingMessage) => string | null;
  /** While the process is to end: connections are asked to close after their answer. */
  isDraining: () => boolean;
};

export type Traffic = (request: IncomingMessage, response: ServerResponse) => void;

/** Watches requests from the front door on: counts, times, names and logs them. */
export function createTraffic(options: TrafficOptions): Traffic {
  const counts = new RequestCounts(options.metrics);
  const log = createRequestLog({ ...options, all: options.logRequests });
  const started = options.metrics.counter("countersign_http_requests_started_total", "Requests begun.");
  const end = (response: ServerResponse, startedAt: number) => {
    const now = performance.now();
    counts.count(response, (now - startedAt) / 1000);
    log(response, () => requestIdOf(response), startedAt, now);
  };
  return (request, response) => {
    started.value++;
    watch(response, { startedAt: performance.now(), end });
    const given = request.headers["x-request-id"] === undefined ? null : options.givenId(request);
    if (given !== null) nameRequest(response, given);
    if (given !== null || options.logRequests) response.setHeader("x-request-id", requestIdOf(response));
    if (options.isDraining()) response.setHeader("connection", "close");
  };
}
