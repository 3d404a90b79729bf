import { requireAuditor } from "#lib/access/index.ts";
import { countShownIn } from "#lib/channels/count-shown.ts";
import { channelNotFound } from "#lib/channels/errors.ts";
import { channelRefSchema } from "#lib/channels/schemas.ts";
import { readSelection } from "#lib/channels/selection.ts";
import { type ChannelRow, findChannel, listPersonNames } from "#lib/channels/store/channels.ts";
import { listSecretRows } from "#lib/channels/store/secrets.ts";
import { toListItemView, toSecretView } from "#lib/channels/to-view.ts";
import type { ChannelView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";

/**
 * One channel with its selection and what is known of its secrets, for administrators and auditors.
 * @throws DomainError `unauthenticated`, `forbidden`, `not-found`.
 */
export async function getChannel(ctx: Ctx, input: unknown): Promise<ChannelView> {
  requireAuditor(ctx);
  return loadChannel(ctx, parseInput(channelRefSchema, input).slug);
}

/** The view itself, for callers who have checked authority. @throws DomainError `not-found`. */
export async function loadChannel(ctx: Ctx, slug: string): Promise<ChannelView> {
  const row = await findChannel(null, slug);
  if (!row) throw channelNotFound();
  const [secrets, servers] = await Promise.all([listSecretRows(row.id), countShownIn(row, ctx.now())]);
  const names = await listPersonNames([row, ...secrets].flatMap(({ createdById }) => createdById ?? []));
  const nameOf = (id: string) => names.get(id) ?? "somebody unknown";
  return {
    ...toListItemView(row, ctx.registryId, servers),
    ...toFacts(row),
    createdBy: row.createdById && nameOf(row.createdById),
    secrets: secrets.map((secret) => toSecretView(secret, nameOf(secret.createdById), ctx.now())),
  };
}

function toFacts({ selection, edition, createdAt, updatedAt }: ChannelRow) {
  return {
    selection: readSelection(selection),
    edition,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
