"use server";

import { z } from "zod";
import {
  changePassword,
  changePasswordSchema,
  confirmTotp,
  confirmTotpSchema,
  disableTotp,
  disableTotpSchema,
  endSession,
  endSessionSchema,
  startTotp,
} from "#lib/access/index.ts";
import { action } from "#lib/http/action.ts";
import { redrawn } from "../_parts/redrawn.ts";
import { toQrCode } from "./_parts/qr-code.ts";

const nothing = z.unknown();

export const changePasswordAction = action({
  caller: "person",
  input: changePasswordSchema,
  run: ({ ctx, input }) => redrawn(changePassword(ctx, input)),
});

export const startTotpAction = action({
  caller: "person",
  input: nothing,
  run: async ({ ctx }) => {
    const { secret, uri } = await startTotp(ctx);
    return { secret, uri, code: toQrCode(uri) };
  },
});

export const confirmTotpAction = action({
  caller: "person",
  input: confirmTotpSchema,
  run: ({ ctx, input }) => redrawn(confirmTotp(ctx, input)),
});

export const disableTotpAction = action({
  caller: "person",
  input: disableTotpSchema,
  run: ({ ctx, input }) => redrawn(disableTotp(ctx, input)),
});

export const endSessionAction = action({
  caller: "person",
  input: endSessionSchema,
  run: ({ ctx, input }) => redrawn(endSession(ctx, input)),
});
