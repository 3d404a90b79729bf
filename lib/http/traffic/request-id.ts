import type { IncomingMessage } from "node:http";

/** Of our own ids, which are UUIDs, and of those that proxies give. */
export const requestIdForm = /^[0-9A-Za-z._-]{8,64}$/;

/**
 * The id a proxy of ours gave a request, or null: nobody else's counts, since audit and log name requests by it. The
 * proxy must set `X-Request-Id` itself and not pass on what a client sent.
 */
export function createGivenId(isProxy: (address: string) => boolean): (request: IncomingMessage) => string | null {
  return (request) => {
    const given = request.headers["x-request-id"];
    if (typeof given !== "string" || !requestIdForm.test(given)) return null;
    return isProxy(request.socket.remoteAddress ?? "") ? given : null;
  };
}

/** The id the front door gave a request to the page process; null in a request that did not pass it. */
export function toRequestId(headers: Headers): string | null {
  const given = headers.get("x-countersign-request-id");
  return given !== null && requestIdForm.test(given) ? given : null;
}
