import { type ChannelRow, findChannelsById } from "#lib/channels/store/channels.ts";
import { listSecretNames, listTokenNames, type NamedReader, type ReaderRow } from "#lib/channels/store/resolutions.ts";
import type { ReaderView } from "#lib/channels/view.ts";

const kinds = ["token", "secret"] as const;
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const unknownChannel = { slug: "", label: "A channel that is gone", audience: "anonymous" } as const;

export type NamedReaderView = ReaderView & {
  /** Of the token's owner. Not everybody who may see readers may see it. */
  ownerEmail: string | null;
};

/** Readers with the names people know them by: revoked and expired ones keep theirs. */
export async function nameReaders(rows: readonly ReaderRow[]): Promise<NamedReaderView[]> {
  const [channels, tokens, secrets] = await Promise.all([
    findChannelsById([...new Set(rows.map(({ channelId }) => channelId))]),
    listTokenNames(listIds(rows, "token")),
    listSecretNames(listIds(rows, "secret")),
  ]);
  const named = new Map<string, NamedReader>([
    ...tokens.map((token) => [`token:${token.id}`, token] as const),
    ...secrets.map((secret) => [`secret:${secret.id}`, secret] as const),
  ]);
  return rows.map((row) => toReaderView(row, channels, named.get(row.reader)));
}

function listIds(rows: readonly ReaderRow[], kind: "token" | "secret"): string[] {
  const prefix = `${kind}:`;
  const ids = rows.map(({ reader }) => (reader.startsWith(prefix) ? reader.slice(prefix.length) : ""));
  return [...new Set(ids.filter((id) => idForm.test(id)))];
}

function toReaderView(
  row: ReaderRow,
  channels: readonly ChannelRow[],
  named: NamedReader | undefined,
): NamedReaderView {
  const { slug, label, audience } = channels.find(({ id }) => id === row.channelId) ?? unknownChannel;
  return {
    channel: { slug, label, audience },
    reader: {
      kind: kinds.find((kind) => row.reader.startsWith(`${kind}:`)) ?? "anonymous",
      label: named?.label ?? null,
      owner: named?.owner ?? null,
      prefix: named?.prefix ?? null,
    },
    firstDay: row.firstDay,
    lastDay: row.lastDay,
    lastAt: row.lastAt.toISOString(),
    count: Number(row.count),
    ownerEmail: named?.ownerEmail ?? null,
  };
}
