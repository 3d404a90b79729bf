import { z } from "zod";
import { Reason } from "#lib/versions/index.ts";

const reviewDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/, "must be sha256: and 64 hex digits");
const decision = z.object({ versionId: z.uuid(), reviewDigest });

export const ApproveInput = decision.extend({
  /** RFC 3339 time, or a date for the end of that day (UTC). */
  expiresAt: z.union([z.iso.datetime({ offset: true }), z.iso.date()]),
});
export type ApproveInput = z.input<typeof ApproveInput>;

export const RejectInput = decision.extend({ reason: Reason });
export type RejectInput = z.input<typeof RejectInput>;
