"use server";

import {
  channelRefSchema,
  createChannel,
  createChannelSchema,
  disableChannel,
  enableChannel,
  previewSelection,
  previewSelectionSchema,
  revokeSecret,
  revokeSecretSchema,
  rotateSecret,
  rotateSecretSchema,
  selectionSchema,
  updateChannel,
  updateChannelSchema,
} from "#lib/channels/index.ts";
import { action } from "#lib/http/action.ts";
import { jsonField, optionalField } from "#lib/http/form.ts";
import { checkboxField } from "#lib/http/index.ts";
import { redrawn } from "../_parts/redrawn.ts";

/** What a form sends in another shape than the API. Whether people may make tokens is asked of token channels alone. */
const formFields = {
  selection: jsonField(selectionSchema),
  serveV0: checkboxField,
  openToPeople: optionalField(checkboxField),
};

export const createChannelAction = action({
  caller: "person",
  input: createChannelSchema.extend(formFields),
  run: ({ ctx, input }) => createChannel(ctx, input),
});

export const updateChannelAction = action({
  caller: "person",
  input: updateChannelSchema.extend(formFields),
  run: ({ ctx, input }) => updateChannel(ctx, input),
});

export const previewSelectionAction = action({
  caller: "person",
  input: previewSelectionSchema,
  run: ({ ctx, input }) => previewSelection(ctx, input),
});

export const rotateSecretAction = action({
  caller: "person",
  input: rotateSecretSchema,
  run: ({ ctx, input }) => redrawn(rotateSecret(ctx, input)),
});

export const revokeSecretAction = action({
  caller: "person",
  input: revokeSecretSchema,
  run: ({ ctx, input }) => redrawn(revokeSecret(ctx, input)),
});

export const disableChannelAction = action({
  caller: "person",
  input: channelRefSchema,
  run: ({ ctx, input }) => redrawn(disableChannel(ctx, input)),
});

export const enableChannelAction = action({
  caller: "person",
  input: channelRefSchema,
  run: ({ ctx, input }) => redrawn(enableChannel(ctx, input)),
});
