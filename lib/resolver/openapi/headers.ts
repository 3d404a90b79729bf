import type { Json } from "#lib/resolver/openapi/schemas.ts";

const text = { type: "string" };
const absent =
  "Absent for readers on the same machine, from `/v0.1/health`, and in what is answered before the request is read.";

/** The fields of draft-ietf-httpapi-ratelimit-headers, as `lib/http/rate-headers.ts` writes them. */
export const rateHeaders: Record<string, Json> = {
  "RateLimit-Policy": {
    description: `What the caller may ask: \`q\` requests in \`w\` seconds. ${absent}`,
    schema: text,
    example: '"token";q=6000;w=60',
  },
  RateLimit: {
    description: `What is left of it: \`r\` requests for the next \`t\` seconds. ${absent}`,
    schema: text,
    example: '"token";r=5999;t=58',
  },
};

/** On every answer of a limited reader. */
export const limited: Json = Object.fromEntries(
  Object.keys(rateHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
);

export const retryAfter: Json = {
  "Retry-After": { description: "Seconds until the limit is free again.", schema: { type: "integer" } },
};
