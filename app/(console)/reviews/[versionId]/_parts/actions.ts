"use server";

import { z } from "zod";
import { approveVersion, rejectVersion } from "#lib/approval/index.ts";
import { action } from "#lib/http/action.ts";

const decided = { versionId: z.uuid(), reviewDigest: z.string().max(80) };

/** The day the form names is the first on which the countersignature no longer holds, in UTC. */
const approveInput = z
  .strictObject({ ...decided, expiresOn: z.iso.date("Choose a day.") })
  .transform(({ expiresOn, ...rest }) => ({ ...rest, expiresAt: `${expiresOn}T00:00:00.000Z` }));

export const approveAction = action({
  caller: "person",
  input: approveInput,
  run: ({ ctx, input }) => approveVersion(ctx, input),
});

export const rejectAction = action({
  caller: "person",
  input: z.strictObject({ ...decided, reason: z.string().max(2000) }),
  run: ({ ctx, input }) => rejectVersion(ctx, input),
});
