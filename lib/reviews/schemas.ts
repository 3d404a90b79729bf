import { z } from "zod";
import type { ReviewQueueFilter } from "#lib/reviews/view.ts";

const states = ["pending", "rejected", "withdrawn", "approved", "revoked", "expired", "all"] as const;
const optionalText = z
  .string()
  .max(200)
  .nullish()
  .transform((value) => value || null);

/** Query of the queue, from an address bar: what is not understood is refused, what is missing has a default. */
export const QueueInput = z.object({
  state: z.enum(states).default("pending"),
  namespace: optionalText,
  publisher: optionalText,
  olderThanDays: z
    .union([z.literal(""), z.coerce.number().int().min(0).max(3650)])
    .nullish()
    .transform((value) => (value === "" ? null : (value ?? null))),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
}) satisfies z.ZodType<ReviewQueueFilter>;
export type QueueInput = z.input<typeof QueueInput>;

export const ReviewInput = z.object({ versionId: z.uuid() });
export type ReviewInput = z.input<typeof ReviewInput>;
