import { z } from "zod";
import { count, id, maybeText, maybeTime, shapeOf, text, time } from "#lib/api-docs/shapes/shape-of.ts";
import type * as channels from "#lib/channels/view.ts";

const audience = z.enum(["anonymous", "capability", "token"]);
const clause = z.strictObject({ namespace: text.optional(), server: text.optional(), tag: text.optional() });
const selection = z
  .strictObject({ include: z.array(clause), exclude: z.array(clause) })
  .describe("Shows what some clause of `include` matches and none of `exclude`.");

const item = {
  slug: text,
  label: text,
  audience,
  address: maybeText.describe("Base URL to which clients append `/v0.1/…`; null where it is a secret."),
  serveV0: z.boolean(),
  openToPeople: z.boolean().describe("Whether anyone active may make a token for it, or only administrators."),
  disabledAt: maybeTime,
  servers: count.describe("Servers it shows that have anything resolvable now."),
};
export const ChannelListItem = shapeOf<channels.ChannelListItemView>()(z.strictObject(item));
export const Channels = z.strictObject({ channels: z.array(ChannelListItem) });

export const ChannelSecret = shapeOf<channels.SecretView>()(
  z.strictObject({
    id,
    prefix: text.describe("How the secret begins."),
    createdBy: text,
    createdAt: time,
    expiresAt: maybeTime.describe("End of the overlap a rotation gave it."),
    revokedAt: maybeTime,
    state: z.enum(["active", "ending", "expired", "revoked"]),
  }),
);
const channel = {
  ...item,
  selection,
  edition: z.int().min(1).describe("Counts edits: an edit names the one it started from."),
  createdBy: maybeText,
  createdAt: time,
  updatedAt: time,
  secrets: z.array(ChannelSecret),
};
export const Channel = shapeOf<channels.ChannelView>()(z.strictObject(channel));
export const CreatedChannel = shapeOf<channels.CreatedChannelView>()(
  z.strictObject({ ...channel, address: text.describe("Of a capability channel it is shown this once.") }),
);
export const RotatedSecret = shapeOf<channels.RotatedSecretView>()(
  z.strictObject({ ...channel, address: text.describe("Shown this once.") }),
);

const serverSet = z.strictObject({ total: count, names: z.array(text).describe("The first of them.") });
export const ChannelPreview = shapeOf<channels.ChannelPreviewView>()(
  z.strictObject({
    slug: text,
    edition: z.int().nullable().describe("Of the channel it was compared with; null when there is none yet."),
    appear: serverSet,
    disappear: serverSet,
    total: count,
  }),
);

export const ServerChannels = shapeOf<channels.ServerChannelsView>()(
  z.strictObject({
    name: text,
    tags: z.array(text),
    channels: z.array(z.strictObject({ slug: text, label: text, audience, address: maybeText })),
  }),
);

const crossed = z.strictObject({
  slug: text,
  label: text,
  audience,
  disabled: z.boolean().describe("Shows nothing to anybody until it is enabled."),
});
export const TagPreview = shapeOf<channels.TagPreviewView>()(
  z.strictObject({
    name: text,
    tags: z.array(text),
    changes: z.boolean().describe("Whether these are other tags than it has."),
    enters: z.array(crossed),
    leaves: z.array(crossed),
    total: count.describe("Channels that would show it, without disabled ones."),
    resolvable: z.boolean().describe("Whether any version of it resolves now."),
  }),
);

const day = z.iso.date();
const reader = z.strictObject({
  channel: z.strictObject({ slug: text, label: text, audience }),
  reader: z.strictObject({
    kind: z.enum(["anonymous", "secret", "token"]),
    label: maybeText,
    owner: maybeText,
    prefix: maybeText,
  }),
  firstDay: day,
  lastDay: day,
  lastAt: time,
  count,
});
export const Readers = shapeOf<channels.ReadersView>()(
  z.strictObject({
    readers: z.array(reader),
    total: count.describe("On all pages, under the filter."),
    page: z.int().min(1),
    pages: z.int().min(1).describe("A page beyond the last has no readers."),
    channels: z
      .array(z.strictObject({ slug: text, label: text }))
      .describe("Where any are counted, whatever the filter."),
    keptDays: count.describe("Days for which counts are kept."),
  }),
);
