import type { Clause, Selection } from "#lib/channels/selection.ts";

export type { Clause, Selection };

export type ChannelAudience = "anonymous" | "capability" | "token";

/** What everybody signed in may know of a channel. */
export type ChannelListItemView = {
  slug: string;
  label: string;
  audience: ChannelAudience;
  /** Base URL to which clients append `/v0.1/…`; null for a capability channel, whose address is a secret. */
  address: string | null;
  /** Whether `/v0/…` answers as well. */
  serveV0: boolean;
  /** Token channels: whether anyone active may make a token for it, or only administrators, for robots. */
  openToPeople: boolean;
  /** When it was disabled; null while it answers. */
  disabledAt: string | null;
  /** Servers it shows that have anything resolvable now. */
  servers: number;
};

/** The secret part of a capability channel's address, without the secret. */
export type SecretView = {
  id: string;
  /** First characters, to recognise it by. */
  prefix: string;
  createdBy: string;
  createdAt: string;
  /** End of the overlap a rotation gave it; null while it is the newest. */
  expiresAt: string | null;
  revokedAt: string | null;
  state: "active" | "ending" | "expired" | "revoked";
};

/** A channel as administrators and auditors see it. */
export type ChannelView = ChannelListItemView & {
  selection: Selection;
  /** Counts edits: an edit names the one it started from. */
  edition: number;
  /** Null for the default channel, which comes with the registry. */
  createdBy: string | null;
  createdAt: string;
  updatedAt: string;
  /** Of capability channels, the newest first, at most 100. */
  secrets: SecretView[];
};

/** With the address clients use. Of a capability channel this is the only time it is seen. */
export type CreatedChannelView = ChannelView & { address: string };
/** With the new address, which is seen this once. */
export type RotatedSecretView = ChannelView & { address: string };

/** Servers with anything resolvable: how many, and the first of them by name. */
export type ServerSetView = { total: number; names: string[] };

/** What a selection would change. */
export type ChannelPreviewView = {
  slug: string;
  /** Of the channel it was compared with; null when there is none of this slug yet. */
  edition: number | null;
  appear: ServerSetView;
  disappear: ServerSetView;
  /** How many servers the channel would show. */
  total: number;
};

/** A channel that shows a server. */
export type ServerChannelView = Pick<ChannelListItemView, "slug" | "label" | "audience" | "address">;
/** Where a server is shown and by which tags it can be selected. */
export type ServerChannelsView = { name: string; tags: string[]; channels: ServerChannelView[] };

/** A channel that other tags would move a server into or out of. */
export type CrossedChannelView = Pick<ServerChannelView, "slug" | "label" | "audience"> & {
  /** A disabled channel shows nothing to anybody, until it is enabled. */
  disabled: boolean;
};

/** What other tags would change of where a server is shown. */
export type TagPreviewView = {
  name: string;
  /** As they would be kept: each once, in order. */
  tags: string[];
  /** Whether they differ from those it has. */
  changes: boolean;
  enters: CrossedChannelView[];
  leaves: CrossedChannelView[];
  /** How many channels that answer would show it. */
  total: number;
  /** Whether any version of it resolves now: otherwise clients notice nothing yet. */
  resolvable: boolean;
};

/** Who resolved something, as far as the registry can tell. */
export type ReaderView = {
  channel: { slug: string; label: string; audience: ChannelAudience };
  /** Of the token, with its owner's name; of a capability address nothing but its beginning; nothing of anonymous ones. */
  reader: {
    kind: "anonymous" | "secret" | "token";
    label: string | null;
    owner: string | null;
    prefix: string | null;
  };
  /** UTC days, `2026-11-22`. */
  firstDay: string;
  lastDay: string;
  lastAt: string;
  count: number;
};
/** One page of readers. */
export type ReadersView = {
  /** Latest first. */
  readers: ReaderView[];
  /** How many there are on all pages, under the filter. */
  total: number;
  page: number;
  /** At least 1. A page beyond the last has no readers. */
  pages: number;
  /** Where any are counted, whatever the filter: what it can choose from. By label. */
  channels: { slug: string; label: string }[];
  /** Days for which counts are kept. */
  keptDays: number;
};
