import type { Channels } from "#lib/resolver/channels/channels.ts";
import { readMetadataAddress, toBasePath } from "#lib/resolver/http/address.ts";
import { readScope } from "#lib/resolver/http/challenge.ts";
import { endpointNotFound } from "#lib/resolver/http/refusals.ts";
import { jsonType, type Reply } from "#lib/resolver/http/reply.ts";

/**
 * The RFC 9728 document of a token channel: that it is read with a bearer token, and where a person learns how.
 * @throws DomainError `not-found` for anything but a token channel that answers.
 */
export function answerProtectedResource(rawUrl: string, registryId: string, channels: Channels): Reply {
  const address = readMetadataAddress(rawUrl);
  const channel = address && channels.find(address.slug);
  const answers = channel?.audience === "token" && !channel.disabled;
  if (!address || !answers || (address.version === "v0" && !channel.serveV0)) throw endpointNotFound();
  const document = {
    resource: registryId + toBasePath(address),
    bearer_methods_supported: ["header"],
    scopes_supported: [readScope],
    resource_documentation: `${registryId}/problems/unauthenticated`,
  };
  return { status: 200, body: Buffer.from(JSON.stringify(document)), contentType: jsonType, cacheControl: "no-store" };
}
