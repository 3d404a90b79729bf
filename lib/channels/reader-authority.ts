import { isAuditor, mayReview, ownsNamespace } from "#lib/access/index.ts";
import { versionRefSchema } from "#lib/channels/schemas.ts";
import { hasVersion } from "#lib/channels/store/servers.ts";
import type { Actor, Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { namespaceOf } from "#lib/versions/index.ts";

/**
 * The version that `input` names, for those who may know its readers: auditors, administrators, and the namespace's
 * reviewers and owners. Members beside `name` and `version` are not looked at.
 * @throws DomainError `unauthenticated`, `forbidden` (the same whether the version exists), `not-found`, `invalid-input`.
 */
export async function requireReadersKnown(ctx: Ctx, input: unknown): Promise<{ name: string; version: string }> {
  if (ctx.actor.kind === "anonymous") throw new DomainError("unauthenticated", "Sign in to go on.");
  const { name, version } = parseInput(versionRefSchema.loose(), input);
  if (!mayKnowReaders(ctx.actor, namespaceOf(name))) {
    throw new DomainError(
      "forbidden",
      "Only auditors, administrators and the namespace's reviewers and owners see who read.",
    );
  }
  if (!(await hasVersion(name, version))) throw new DomainError("not-found", "There is no such version.");
  return { name, version };
}

function mayKnowReaders(actor: Actor, namespace: string): boolean {
  return (
    isAuditor(actor) || mayReview(actor, namespace) || (actor.kind === "person" && ownsNamespace(actor, namespace))
  );
}
