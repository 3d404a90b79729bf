import { z } from "zod";
import { selectionSchema, toSelector } from "#lib/channels/selection.ts";
import type { ChannelRecord, Log } from "#lib/resolver/source.ts";

export type Audience = "anonymous" | "capability" | "token";

/** A read address as far as its row could be read. */
export type Channel = {
  id: string;
  slug: string;
  audience: Audience;
  serveV0: boolean;
  disabled: boolean;
  /** Null when the selection cannot be read: the channel then shows nothing. */
  selects: Selects | null;
};

export type Selects = {
  /** Two selections of the same text select the same. */
  text: string;
  /** Every server, whatever its tags. */
  all: boolean;
  test: (server: { name: string; tags: readonly string[] }) => boolean;
};

export const defaultSlug = "default";

const rowSchema = z.object({
  id: z.string().min(1),
  slug: z.string().min(1),
  audience: z.enum(["anonymous", "capability", "token"]),
  serveV0: z.boolean(),
  disabled: z.boolean(),
});

/**
 * Reads one row. A selection that makes no sense shows nothing; a row that does not say who may read is no channel at
 * all. Either raises an alarm.
 */
export function toChannel(record: ChannelRecord, log: Log): Channel | null {
  const row = rowSchema.safeParse(record);
  const refuse = (reason: string) =>
    log.error({ event: "channel-refused", channel: record?.slug, reason }, "A channel row cannot be read");
  if (!row.success) {
    refuse(z.prettifyError(row.error));
    return null;
  }
  // Its address holds no secret, so nobody could be told from anybody.
  if (row.data.slug === defaultSlug && row.data.audience === "capability") {
    refuse("the default channel has no secret");
    return null;
  }
  const selection = selectionSchema.safeParse(record.selection);
  if (!selection.success) refuse(z.prettifyError(selection.error));
  return { ...row.data, selects: selection.success ? toSelects(selection.data) : null };
}

function toSelects(selection: z.output<typeof selectionSchema>): Selects {
  const all =
    selection.exclude.length === 0 &&
    selection.include.some(({ namespace, server, tag }) => namespace === "*" && server === undefined && !tag);
  return { text: JSON.stringify(selection), all, test: toSelector(selection) };
}
