import { requireAuditor } from "#lib/access/index.ts";
import { channelNotFound } from "#lib/channels/errors.ts";
import { keptDays } from "#lib/channels/forget-resolutions.ts";
import { nameReaders } from "#lib/channels/name-readers.ts";
import { requireReadersKnown } from "#lib/channels/reader-authority.ts";
import { listChannelReadersSchema, listReadersSchema } from "#lib/channels/schemas.ts";
import { findChannel } from "#lib/channels/store/channels.ts";
import { countReaders, listReadChannels, listReaderRows, type ReaderScope } from "#lib/channels/store/resolutions.ts";
import type { ReadersView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";

const dayMs = 86_400_000;
const recentDays = 30;

/**
 * Who resolved a version within the kept 400 days, whether or not it still resolves, a page at a time: for auditors,
 * administrators, and the namespace's reviewers and owners. Anonymous readers are one line for each channel; who passed
 * on an address, a token or a copy, nobody can tell.
 * @param input name, version; `channel` (a slug) and `kind` narrow it; `page` from 1, `limit` at most 200.
 * @throws DomainError `unauthenticated`, `forbidden` (the same whether the version exists), `not-found`, `invalid-input`.
 */
export async function listReaders(ctx: Ctx, input: unknown): Promise<ReadersView> {
  const { name, version } = await requireReadersKnown(ctx, input);
  const { page, limit, channel, kind } = parseInput(listReadersSchema, input);
  const [view, channels] = await Promise.all([
    readPage({ name, version, channel, kind }, page, limit),
    listReadChannels(name, version),
  ]);
  return { ...view, channels, keptDays };
}

/**
 * Who read from a channel in the last 30 days, a page at a time, for administrators and auditors.
 * @param input slug; `page` from 1, `limit` at most 200.
 * @throws DomainError `unauthenticated`, `forbidden`, `not-found`, `invalid-input`.
 */
export async function listChannelReaders(ctx: Ctx, input: unknown): Promise<ReadersView> {
  requireAuditor(ctx);
  const { slug, page, limit } = parseInput(listChannelReadersSchema, input);
  const channel = await findChannel(null, slug);
  if (!channel) throw channelNotFound();
  const since = new Date(ctx.now().getTime() - recentDays * dayMs).toISOString().slice(0, 10);
  const view = await readPage({ channelId: channel.id, since }, page, limit);
  return { ...view, channels: view.total > 0 ? [{ slug, label: channel.label }] : [], keptDays };
}

async function readPage(scope: ReaderScope, page: number, limit: number) {
  const [total, rows] = await Promise.all([
    countReaders(scope),
    listReaderRows(scope, { limit, offset: (page - 1) * limit }),
  ]);
  const named = await nameReaders(rows);
  const readers = named.map(({ ownerEmail: _kept, ...reader }) => reader);
  return { readers, total, page, pages: Math.max(1, Math.ceil(total / limit)) };
}
