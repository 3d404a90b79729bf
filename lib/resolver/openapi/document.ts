import { rateHeaders } from "#lib/resolver/openapi/headers.ts";
import {
  bytes,
  description,
  keys,
  metadata,
  type Operation,
  probe,
  publish,
  read,
  validate,
} from "#lib/resolver/openapi/operations.ts";
import { channel, includeDeleted, listQuery, name, version } from "#lib/resolver/openapi/parameters.ts";
import { componentSchemas, type Json } from "#lib/resolver/openapi/schemas.ts";
import * as shapes from "#lib/resolver/openapi/shapes.ts";

export type { Operation } from "#lib/resolver/openapi/operations.ts";

export type PathItem = { get?: Operation; post?: Operation; servers?: Json[] };
export type Document = Json & { paths: Record<string, PathItem> };

const about = `The MCP registry API v0.1, limited to what a reviewer has countersigned. Every channel serves it below its own
base URL and shows the servers it selects; a channel that also serves v0 answers the same below \`/v0\`. What a channel does
not show, and a channel that is not there, is the same 404. \`HEAD\` and \`OPTIONS\` work wherever something is read.`;

/** The read API in OpenAPI 3.1, made from the limits it parses with and the shapes its tests hold it to. */
export function describeReadApi(registryId: string): Document {
  const versions = "/v0.1/servers/{name}/versions";
  const underRegistry = [{ url: registryId }];
  const metadataPath = "/.well-known/oauth-protected-resource";
  return {
    openapi: "3.1.0",
    info: { title: "Countersign read API", version: "0.1", description: about },
    servers: describeChannels(registryId),
    security: [{}, { token: [] }],
    paths: {
      "/v0.1/servers": { get: read("listServers", "One page of entries", listQuery, shapes.List) },
      [versions]: { get: read("listVersions", "All versions of a server", [name, includeDeleted], shapes.List) },
      [`${versions}/{version}`]: {
        get: read("getVersion", "One entry", [name, version, includeDeleted], shapes.Entry),
      },
      "/v0.1/validate": { post: validate },
      "/v0.1/publish": { post: publish },
      "/v0.1/health": { get: probe("getHealth", "Whether the catalogue is loaded, and its age", shapes.Health) },
      "/v0.1/ping": { get: probe("ping", "Whether anybody answers", shapes.Ping) },
      "/v0.1/version": { get: probe("getBuild", "Which build answers", shapes.Build) },
      "/v0.1/openapi.json": { get: description },
      "/v0.1/x/countersign/{kind}/{digest}": { get: bytes },
      "/v0.1/x/countersign/keys": { get: keys },
      [`${metadataPath}/v0.1`]: { servers: underRegistry, get: metadata("getDefaultMetadata", []) },
      [`${metadataPath}/c/{channel}/v0.1`]: { servers: underRegistry, get: metadata("getChannelMetadata", [channel]) },
    },
    components: { schemas: componentSchemas(), securitySchemes, headers: rateHeaders },
  };
}

/** Base URLs by audience: the default channel's, those open or read with a token, and those whose address is a secret. */
function describeChannels(registryId: string): Json[] {
  const slug = { default: "engineering", description: "Slug of the channel." };
  const secret = { default: "csc_example", description: "Part of the address; whoever has it may read." };
  return [
    { url: registryId, description: "The default channel." },
    { url: `${registryId}/c/{channel}`, description: "An open or a token channel.", variables: { channel: slug } },
    {
      url: `${registryId}/c/{channel}/{secret}`,
      description: "A capability channel.",
      variables: { channel: slug, secret },
    },
  ];
}

const securitySchemes = {
  token: {
    type: "http",
    scheme: "bearer",
    description: "On token channels: an API token with scope `resolve` for the channel. Elsewhere it is ignored.",
  },
};
