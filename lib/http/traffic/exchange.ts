import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";

/** One request and its answer, from when the front door saw it. */
export type Exchange = {
  /** By `performance.now()`. */
  startedAt: number;
  /** Told once, when the answer has been sent or its connection is gone. */
  end: (response: ServerResponse, startedAt: number) => void;
};

const exchangeKey = Symbol("countersign.exchange");
const requestIdKey = Symbol("countersign.request-id");

type Watched = ServerResponse & { [exchangeKey]?: Exchange; [requestIdKey]?: string };

/** Watches an answer until it is over. */
export function watch(response: ServerResponse, exchange: Exchange): void {
  (response as Watched)[exchangeKey] = exchange;
  // One function for all answers, so that a read costs no closure.
  response.on("close", endExchange);
}

/** Gives a request its id, before anything asked for one. */
export function nameRequest(response: ServerResponse, requestId: string): void {
  (response as Watched)[requestIdKey] = requestId;
}

/** The one id by which answer, log and audit name a request. Made when first asked for: most reads need none. */
export function requestIdOf(response: ServerResponse): string {
  const watched = response as Watched;
  watched[requestIdKey] ??= randomUUID();
  return watched[requestIdKey];
}

function endExchange(this: ServerResponse): void {
  const exchange = (this as Watched)[exchangeKey];
  exchange?.end(this, exchange.startedAt);
}
