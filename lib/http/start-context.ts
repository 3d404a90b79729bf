import { randomUUID } from "node:crypto";
import type { Actor, Ctx } from "#lib/core/context.ts";
import { toAddress } from "#lib/http/address.ts";
import { getInstallation } from "#lib/http/installation.ts";

/** Context of one call. The request id is the front door's or our own: a caller cannot choose what the audit names. */
export function startContext(headers: Headers, actor: Actor, requestId: string = randomUUID()): Ctx {
  return { actor, requestId, address: toAddress(headers), ...getInstallation(), now: () => new Date() };
}
