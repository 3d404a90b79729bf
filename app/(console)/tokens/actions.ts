"use server";

import { z } from "zod";
import { createToken, createTokenSchema, revokeToken, revokeTokenSchema } from "#lib/access/index.ts";
import { action } from "#lib/http/action.ts";
import { checkboxField } from "#lib/http/index.ts";
import { redrawn } from "../_parts/redrawn.ts";

const { scopes, namespaces, channels } = createTokenSchema.shape;

/** A form sends nothing at all for checkboxes of which none is ticked. */
function ticked<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => value ?? [], schema);
}

const someTicked = z.array(z.string()).min(1, "Choose at least one.");

/** What belongs together is asked by the verb. */
const createTokenForm = z.strictObject({
  ...createTokenSchema.shape,
  robot: checkboxField,
  scopes: ticked(someTicked.pipe(scopes as never)),
  namespaces: ticked(namespaces),
  channels: ticked(channels),
});

export const createTokenAction = action({
  caller: "person",
  input: createTokenForm,
  run: ({ ctx, input }) => createToken(ctx, input),
});

export const revokeTokenAction = action({
  caller: "person",
  input: revokeTokenSchema,
  run: ({ ctx, input }) => redrawn(revokeToken(ctx, input)),
});
