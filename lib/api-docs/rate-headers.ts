import type { Json } from "#lib/api-docs/json-schema.ts";

/** The fields of draft-ietf-httpapi-ratelimit-headers, as `lib/http/rate-headers.ts` writes them. */
export const rateHeaders: Record<string, Json> = {
  "RateLimit-Policy": toHeader("What the caller may ask: `q` requests in `w` seconds.", '"token";q=2400;w=60'),
  RateLimit: toHeader("What is left of it: `r` requests for the next `t` seconds.", '"token";r=2399;t=58'),
};

/** The responses of an operation, with what all that come from the handler itself say about limits. */
export function withRateHeaders(responses: Record<string, Json>): Record<string, Json> {
  const named = Object.keys(rateHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]);
  const entries = Object.entries(responses).map(([status, { description, headers, ...rest }]) => [
    status,
    { description, headers: { ...(headers as Json | undefined), ...Object.fromEntries(named) }, ...rest },
  ]);
  return Object.fromEntries(entries);
}

function toHeader(description: string, example: string): Json {
  const absent = "Absent where nobody is counted and in what is answered before the request is read.";
  return { description: `${description} ${absent}`, schema: { type: "string" }, example };
}
