import { isAuditor, mayReview, ownsNamespace, requireAuditor } from "#lib/access/index.ts";
import { channelNotFound } from "#lib/channels/errors.ts";
import { keptDays } from "#lib/channels/forget-resolutions.ts";
import { nameReaders } from "#lib/channels/name-readers.ts";
import { channelRefSchema, versionRefSchema } from "#lib/channels/schemas.ts";
import { findChannel } from "#lib/channels/store/channels.ts";
import { listChannelReaderRows, listVersionReaders, type ReaderRow } from "#lib/channels/store/resolutions.ts";
import { hasVersion } from "#lib/channels/store/servers.ts";
import type { ReadersView } from "#lib/channels/view.ts";
import type { Actor, Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { namespaceOf } from "#lib/versions/index.ts";

const dayMs = 86_400_000;
const maxReaders = 1000;
const recentDays = 30;

/**
 * Who resolved a version within the kept 400 days, whether or not it still resolves: for auditors, administrators, and
 * the namespace's reviewers and owners. Anonymous readers are one line for each channel; who passed on an address, a
 * token or a copy, nobody can tell.
 * @throws DomainError `unauthenticated`, `forbidden` (the same whether the version exists), `not-found`.
 */
export async function listReaders(ctx: Ctx, input: unknown): Promise<ReadersView> {
  if (ctx.actor.kind === "anonymous") throw new DomainError("unauthenticated", "Sign in to go on.");
  const { name, version } = parseInput(versionRefSchema, input);
  if (!mayKnowReaders(ctx.actor, namespaceOf(name))) {
    throw new DomainError(
      "forbidden",
      "Only auditors, administrators and the namespace's reviewers and owners see who read.",
    );
  }
  if (!(await hasVersion(name, version))) throw new DomainError("not-found", "There is no such version.");
  return toReadersView(await listVersionReaders(name, version, maxReaders + 1));
}

function mayKnowReaders(actor: Actor, namespace: string): boolean {
  return (
    isAuditor(actor) || mayReview(actor, namespace) || (actor.kind === "person" && ownsNamespace(actor, namespace))
  );
}

/**
 * Who read from a channel in the last 30 days, for administrators and auditors.
 * @throws DomainError `unauthenticated`, `forbidden`, `not-found`.
 */
export async function listChannelReaders(ctx: Ctx, input: unknown): Promise<ReadersView> {
  requireAuditor(ctx);
  const channel = await findChannel(null, parseInput(channelRefSchema, input).slug);
  if (!channel) throw channelNotFound();
  const since = new Date(ctx.now().getTime() - recentDays * dayMs).toISOString().slice(0, 10);
  return toReadersView(await listChannelReaderRows(channel.id, since, maxReaders + 1));
}

async function toReadersView(rows: readonly ReaderRow[]): Promise<ReadersView> {
  const readers = await nameReaders(rows.slice(0, maxReaders));
  return { readers, complete: rows.length <= maxReaders, keptDays };
}
