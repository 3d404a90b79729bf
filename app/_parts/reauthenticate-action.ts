"use server";

import { reauthenticate, reauthenticateSchema } from "#lib/access/index.ts";
import { action } from "#lib/http/action.ts";

export const reauthenticateAction = action({
  caller: "person",
  input: reauthenticateSchema,
  run: ({ ctx, input }) => reauthenticate(ctx, input),
});
