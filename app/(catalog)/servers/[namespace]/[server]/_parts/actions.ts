"use server";

import { z } from "zod";
import { revokeVersion } from "#lib/approval/index.ts";
import { previewTags, tagServer, tagServerSchema } from "#lib/channels/index.ts";
import { action } from "#lib/http/action.ts";
import { optionalField } from "#lib/http/form.ts";
import {
  Reason,
  ReopenInput,
  RevokeInput,
  reopenVersion,
  WithdrawInput,
  withdrawVersion,
} from "#lib/versions/index.ts";

export const revokeAction = action({
  caller: "person",
  input: RevokeInput,
  run: ({ ctx, input }) => revokeVersion(ctx, input),
});

export const withdrawAction = action({
  caller: "person",
  input: WithdrawInput.extend({ reason: optionalField(Reason) }),
  run: ({ ctx, input }) => withdrawVersion(ctx, input),
});

export const reopenAction = action({
  caller: "person",
  input: ReopenInput,
  run: ({ ctx, input }) => reopenVersion(ctx, input),
});

/** A form sends the tags as one text, separated by spaces or commas. */
const tagsField = z.preprocess(
  (value) => (typeof value === "string" ? value.split(/[\s,]+/).filter(Boolean) : value),
  tagServerSchema.shape.tags,
);

const tagsForm = tagServerSchema.extend({ tags: tagsField });

export const tagServerAction = action({
  caller: "person",
  input: tagsForm,
  run: ({ ctx, input }) => tagServer(ctx, input),
});

export const previewTagsAction = action({
  caller: "person",
  input: tagsForm,
  run: ({ ctx, input }) => previewTags(ctx, input),
});
