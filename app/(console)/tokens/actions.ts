"use server";

import { z } from "zod";
import { createToken, createTokenSchema, revokeToken, revokeTokenSchema } from "#lib/access/index.ts";
import { action } from "#lib/http/action.ts";
import { checkboxField } from "#lib/http/index.ts";
import { redrawn } from "../_parts/redrawn.ts";

const { scopes, namespaces } = createTokenSchema.shape;

/** A form sends nothing at all for checkboxes of which none is ticked. */
function ticked<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => value ?? [],
    z
      .array(z.string())
      .min(1, "Choose at least one.")
      .pipe(schema as never),
  );
}

const createTokenForm = createTokenSchema.extend({
  robot: checkboxField,
  scopes: ticked(scopes),
  namespaces: ticked(namespaces),
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
