"use server";

import { action } from "#lib/http/action.ts";
import { cancelChange, changeIdSchema, confirmChange } from "#lib/namespaces/index.ts";
import { redrawn } from "../_parts/redrawn.ts";

export const confirmChangeAction = action({
  caller: "person",
  input: changeIdSchema,
  run: ({ ctx, input }) => redrawn(confirmChange(ctx, input)),
});

export const cancelChangeAction = action({
  caller: "person",
  input: changeIdSchema,
  run: ({ ctx, input }) => redrawn(cancelChange(ctx, input)),
});
