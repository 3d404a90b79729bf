import { z } from "zod";
import { idSchema, lineSchema } from "#lib/access/index.ts";
import { selectionSchema, tagSchema } from "#lib/channels/selection.ts";

export const maxTags = 20;
export const maxOverlapHours = 720;

/** Part of every address of the channel, so it never changes. */
const newSlug = z
  .string()
  .trim()
  .regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, "Use lower-case letters, digits and hyphens, at most 40.");
/** As named in an address: bounded, so that a wrong one is simply not found. */
const slug = z.string().min(1).max(100);
const serverName = z.string().min(1).max(300);
const edition = z.coerce.number().int().min(1).max(2_147_483_647);
const label = lineSchema(80);

export const createChannelSchema = z.strictObject({
  slug: newSlug,
  label,
  audience: z.enum(["anonymous", "capability", "token"]),
  selection: selectionSchema,
  serveV0: z.boolean().default(false),
  openToPeople: z.boolean().default(true),
});

export const updateChannelSchema = z.strictObject({
  slug,
  edition,
  label: label.optional(),
  audience: z.enum(["anonymous", "token"]).optional(),
  selection: selectionSchema.optional(),
  serveV0: z.boolean().optional(),
  openToPeople: z.boolean().optional(),
});

export const previewSelectionSchema = z.strictObject({ slug, selection: selectionSchema });
export const channelRefSchema = z.strictObject({ slug });
export const rotateSecretSchema = z.strictObject({
  slug,
  /** How long the addresses in use go on answering. */
  overlapHours: z.coerce.number().int().min(0).max(maxOverlapHours),
});
export const revokeSecretSchema = z.strictObject({ slug, id: idSchema });
export const tagServerSchema = z.strictObject({ name: serverName, tags: z.array(tagSchema).max(maxTags) });
export const serverRefSchema = z.strictObject({ name: serverName });
export const versionRefSchema = z.strictObject({ name: serverName, version: z.string().min(1).max(300) });

const readerPage = {
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
const readerFilter = {
  /** Slug of a channel. */
  channel: slug.nullish().transform((value) => value ?? null),
  kind: z
    .enum(["anonymous", "secret", "token"])
    .nullish()
    .transform((value) => value ?? null),
};

/** What the list of readers takes beside the version. */
export const readersQuerySchema = z.strictObject({ ...readerFilter, ...readerPage });
export const listReadersSchema = z.strictObject({ ...versionRefSchema.shape, ...readersQuerySchema.shape });
export type ReadersQuery = z.input<typeof readersQuerySchema>;

export const readerFilterSchema = z.strictObject(readerFilter);
export const exportReadersSchema = z.strictObject({ ...versionRefSchema.shape, ...readerFilter });

export const channelReadersQuerySchema = z.strictObject(readerPage);
export const listChannelReadersSchema = z.strictObject({ slug, ...readerPage });
