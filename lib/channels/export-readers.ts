import { isAuditor } from "#lib/access/index.ts";
import { toCsvLine } from "#lib/channels/csv.ts";
import { type NamedReaderView, nameReaders } from "#lib/channels/name-readers.ts";
import { requireReadersKnown } from "#lib/channels/reader-authority.ts";
import { exportReadersSchema } from "#lib/channels/schemas.ts";
import { listReaderRowsAfter, type ReaderRow, type ReaderScope } from "#lib/channels/store/resolutions.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";

const batch = 1000;
const head = [
  "channel",
  "channel_label",
  "audience",
  "reader",
  "label",
  "owner",
  "owner_email",
  "prefix",
  "first_day",
  "last_day",
  "last_at",
  "resolutions",
];

/**
 * Everybody who resolved a version, as lines of CSV with a head line, to know whom to call: for those who may list them.
 * E-mail addresses are in it for administrators and auditors alone, who see them elsewhere. Ordered by channel and
 * reader; those who come while it is read may be missing.
 * @param input name, version; `channel` (a slug) and `kind` narrow it.
 * @throws DomainError before the first line: `unauthenticated`, `forbidden` (the same whether the version exists),
 *   `not-found`, `invalid-input`.
 */
export async function exportReaders(ctx: Ctx, input: unknown): Promise<AsyncIterable<string>> {
  const { name, version } = await requireReadersKnown(ctx, input);
  const { channel, kind } = parseInput(exportReadersSchema, input);
  return exportLines({ name, version, channel, kind }, isAuditor(ctx.actor));
}

async function* exportLines(scope: ReaderScope, withEmail: boolean): AsyncIterable<string> {
  yield toCsvLine(head);
  for (let after: ReaderRow | null = null; ; ) {
    const rows: ReaderRow[] = await listReaderRowsAfter(scope, after, batch);
    // One piece for all of a batch: a stream of single lines costs more than the lines.
    if (rows.length > 0) yield (await nameReaders(rows)).map((reader) => toLine(reader, withEmail)).join("");
    if (rows.length < batch) return;
    after = rows.at(-1) ?? null;
  }
}

function toLine({ channel, reader, ...counted }: NamedReaderView, withEmail: boolean): string {
  return toCsvLine([
    channel.slug,
    channel.label,
    channel.audience,
    reader.kind,
    reader.label,
    reader.owner,
    withEmail ? counted.ownerEmail : null,
    reader.prefix,
    counted.firstDay,
    counted.lastDay,
    counted.lastAt,
    counted.count,
  ]);
}
