export { defaultSlug, toChannelAddress } from "#lib/channels/address.ts";
export { createChannel } from "#lib/channels/create-channel.ts";
export { exportReaders } from "#lib/channels/export-readers.ts";
export { forgetResolutions } from "#lib/channels/forget-resolutions.ts";
export { getChannel } from "#lib/channels/get-channel.ts";
export { listChannelServers } from "#lib/channels/list-channel-servers.ts";
export { listChannels } from "#lib/channels/list-channels.ts";
export { listChannelReaders, listReaders } from "#lib/channels/list-readers.ts";
export { listServerChannels } from "#lib/channels/list-server-channels.ts";
export { listTags } from "#lib/channels/list-tags.ts";
export { previewSelection } from "#lib/channels/preview-selection.ts";
export { previewTags } from "#lib/channels/preview-tags.ts";
export { revokeSecret } from "#lib/channels/revoke-secret.ts";
export { rotateSecret } from "#lib/channels/rotate-secret.ts";
export {
  channelReadersQuerySchema,
  channelRefSchema,
  createChannelSchema,
  previewSelectionSchema,
  type ReadersQuery,
  readerFilterSchema,
  readersQuerySchema,
  revokeSecretSchema,
  rotateSecretSchema,
  tagServerSchema,
  updateChannelSchema,
} from "#lib/channels/schemas.ts";
export {
  type Clause,
  readSelection,
  type SelectedServer,
  type Selection,
  selectionSchema,
  tagSchema,
  toSelector,
} from "#lib/channels/selection.ts";
export { disableChannel, enableChannel } from "#lib/channels/switch-channel.ts";
export { tagServer } from "#lib/channels/tag-server.ts";
export { updateChannel } from "#lib/channels/update-channel.ts";
