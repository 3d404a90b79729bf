import { z } from "zod";

/**
 * What the command reads of the registry's answers: the members it uses, so that a newer registry may say more.
 * Every text in them is foreign until it is escaped.
 */

const issue = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  pointer: z.string(),
  message: z.string(),
});

const pin = z.object({
  package: z.number(),
  registryType: z.string(),
  identifier: z.string(),
  version: z.string().nullable(),
  status: z.enum(["pinned", "unpinned"]),
  digest: z.string().nullable(),
  reason: z.string(),
});

export const SessionAnswer = z.object({ token: z.string().min(1), expiresAt: z.string() });

export const WhoamiAnswer = z.object({
  kind: z.enum(["person", "token"]),
  label: z.string(),
  email: z.string().nullable(),
  scopes: z.array(z.string()),
  namespaces: z.array(z.string()),
  grants: z.array(z.object({ role: z.string(), namespace: z.string().nullable() })),
  expiresAt: z.string(),
});
export type WhoamiAnswer = z.infer<typeof WhoamiAnswer>;

export const PublishAnswer = z.object({
  created: z.boolean(),
  dryRun: z.boolean(),
  name: z.string(),
  version: z.string(),
  state: z.string(),
  manifestDigest: z.string(),
  identity: z.string(),
  pins: z.array(pin),
  issues: z.array(issue),
  statusPath: z.string(),
});
export type PublishAnswer = z.infer<typeof PublishAnswer>;

export const StatusAnswer = z.object({
  name: z.string(),
  version: z.string(),
  state: z.string(),
  deprecated: z.boolean(),
  isLatest: z.boolean(),
  manifestDigest: z.string(),
  receivedAt: z.string(),
  publishedAt: z.string().nullable(),
  updatedAt: z.string(),
  expiresAt: z.string().nullable(),
  statusMessage: z.string().nullable(),
  uploader: z.string(),
  pins: z.array(pin),
});
export type StatusAnswer = z.infer<typeof StatusAnswer>;

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** One entry of the read API, with our own block. */
export const EntryAnswer = z.object({
  server: z.object({ name: z.string(), version: z.string() }),
  _meta: z.object({
    "io.modelcontextprotocol.registry/official": z.object({ status: z.string(), statusMessage: z.string().optional() }),
    "countersign/approval": z.object({
      manifest: z.object({ digest }),
      bundles: z.array(z.object({ digest, trustRoot: digest })).min(1),
      approval: z.object({ digest }),
    }),
  }),
});
export type EntryAnswer = z.infer<typeof EntryAnswer>;
