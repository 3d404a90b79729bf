"use server";

import {
  clearPersonsTotp,
  clearPersonsTotpSchema,
  deactivatePerson,
  grantsSchema,
  invitePerson,
  invitePersonSchema,
  personIdSchema,
  reactivatePerson,
  requestReset,
  requestResetSchema,
  revokeInvitation,
  revokeInvitationSchema,
  updateGrants,
  updateGrantsSchema,
} from "#lib/access/index.ts";
import { action } from "#lib/http/action.ts";
import { jsonField } from "#lib/http/index.ts";
import { redrawn } from "../_parts/redrawn.ts";

export const inviteAction = action({
  caller: "person",
  input: invitePersonSchema.extend({ grants: jsonField(grantsSchema) }),
  run: ({ ctx, input }) => redrawn(invitePerson(ctx, input)),
});

export const revokeInvitationAction = action({
  caller: "person",
  input: revokeInvitationSchema,
  run: ({ ctx, input }) => redrawn(revokeInvitation(ctx, input)),
});

export const updateGrantsAction = action({
  caller: "person",
  input: updateGrantsSchema.extend({ grants: jsonField(grantsSchema) }),
  run: ({ ctx, input }) => redrawn(updateGrants(ctx, input)),
});

export const deactivateAction = action({
  caller: "person",
  input: personIdSchema,
  run: ({ ctx, input }) => redrawn(deactivatePerson(ctx, input)),
});

export const reactivateAction = action({
  caller: "person",
  input: personIdSchema,
  run: ({ ctx, input }) => redrawn(reactivatePerson(ctx, input)),
});

export const clearTotpAction = action({
  caller: "person",
  input: clearPersonsTotpSchema,
  run: ({ ctx, input }) => redrawn(clearPersonsTotp(ctx, input)),
});

export const requestResetAction = action({
  caller: "person",
  input: requestResetSchema,
  run: ({ ctx, input }) => requestReset(ctx, input),
});
