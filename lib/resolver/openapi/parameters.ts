import { limits } from "#lib/resolver/http/query.ts";
import type { Json } from "#lib/resolver/openapi/schemas.ts";

export type Parameter = {
  name: string;
  in: "query" | "path";
  schema: Json;
  required?: true;
  description?: string;
};

export const includeDeleted = query("include_deleted", { type: "boolean" }, "Also what is revoked, expired or left.");
export const name = path(
  "name",
  { type: "string", examples: ["io.github.acme/weather"] },
  "Percent-encoded: %2F for the slash.",
);
export const version = path("version", { type: "string" }, "An exact version, or `latest`.");
export const kind = path("kind", { enum: ["manifest", "bundle", "approval", "trusted-root"] });
export const digest = path("digest", { type: "string", pattern: "^sha256:[0-9a-f]{64}$" });
export const channel = path("channel", { type: "string" }, "Slug of a token channel.");

export const listQuery = [
  query("limit", { type: "integer", minimum: 1, maximum: limits.page, default: limits.standardPage }),
  query("cursor", { type: "string", maxLength: limits.cursorChars }, "As in `metadata.nextCursor` of the page before."),
  query("search", { type: "string", maxLength: limits.searchChars }, "Part of name, title or description."),
  query("version", { type: "string", maxLength: limits.versionChars }, "`latest`, or one exact version."),
  query("updated_since", { type: "string", format: "date-time" }, "Strictly later; includes deleted versions."),
  includeDeleted,
];

function query(name: string, schema: Json, description?: string): Parameter {
  return { name, in: "query", schema, ...(description ? { description } : {}) };
}

function path(name: string, schema: Json, description?: string): Parameter {
  return { ...query(name, schema, description), in: "path", required: true };
}
