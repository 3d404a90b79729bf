"use server";

import { z } from "zod";
import {
  acceptInvitation,
  acceptInvitationSchema,
  consumeBootstrap,
  consumeBootstrapSchema,
  linkTokenSchema,
  readInvitation,
  resetPassword,
  resetPasswordSchema,
} from "#lib/access/index.ts";
import { action } from "#lib/http/action.ts";

export const setUpAction = action({
  caller: "anyone",
  input: consumeBootstrapSchema,
  run: ({ ctx, input }) => consumeBootstrap(ctx, input),
});

export const readInvitationAction = action({
  caller: "anyone",
  input: z.strictObject({ token: linkTokenSchema }),
  run: ({ ctx, input }) => readInvitation(ctx, input),
});

export const joinAction = action({
  caller: "anyone",
  input: acceptInvitationSchema,
  run: ({ ctx, input }) => acceptInvitation(ctx, input),
});

export const resetAction = action({
  caller: "anyone",
  input: resetPasswordSchema,
  run: ({ ctx, input }) => resetPassword(ctx, input),
});
