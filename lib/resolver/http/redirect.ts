import { DomainError } from "#lib/core/errors.ts";
import { type Address, toBasePath } from "#lib/resolver/http/address.ts";
import { jsonType, type Reply } from "#lib/resolver/http/reply.ts";
import type { Target } from "#lib/resolver/http/target.ts";

const maxLevels = 100;

/**
 * To the same path without slashes at its end, for good. Where the address holds a secret, the reference is relative, so
 * that it is not repeated: each slash is one level.
 * @throws DomainError `not-found` for more slashes than a relative reference should climb.
 */
export function redirect(address: Address, { path, search, slashes }: Extract<Target, { kind: "redirect" }>): Reply {
  if (address.secret === null) return toReply(toBasePath(address) + path + search);
  if (slashes > maxLevels) throw new DomainError("not-found", "Endpoint not found.");
  const last = path === "" ? address.version : path.slice(path.lastIndexOf("/") + 1);
  return toReply("../".repeat(slashes) + last + search);
}

function toReply(location: string): Reply {
  return { status: 308, body: Buffer.alloc(0), contentType: jsonType, headers: { location } };
}
