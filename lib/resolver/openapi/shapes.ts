import { z } from "zod";
import { APPROVAL_META_KEY, OFFICIAL_META_KEY } from "#lib/core/identifiers.ts";
import { requestIdForm } from "#lib/http/traffic/request-id.ts";

/** What the read API answers, as its description says it and its tests check it. */

const time = z.iso.datetime();
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const OfficialMeta = z
  .strictObject({
    status: z.enum(["active", "deprecated", "deleted"]),
    statusChangedAt: time,
    statusMessage: z.string().max(500).optional(),
    publishedAt: time,
    updatedAt: time.describe("The ledger's time of the last change a reader can see."),
    isLatest: z.boolean(),
  })
  .meta({ id: "OfficialMeta" });

export const ApprovalMeta = z
  .strictObject({
    manifest: z.strictObject({ digest }),
    bundles: z.array(
      z.strictObject({
        digest,
        identity: z.record(z.string(), z.unknown()),
        signedAt: time.nullable(),
        receivedAt: time,
        trustRoot: digest,
      }),
    ),
    approval: z.strictObject({
      digest,
      keyId: z.string().regex(/^[0-9a-f]{64}$/),
      approvedAt: time,
      expiresAt: time.nullable().describe("Null after a revocation."),
      round: z.int().min(1),
    }),
    pins: z.strictObject({
      status: z.enum(["pinned", "partial", "unpinned", "none"]),
      entries: z.array(z.record(z.string(), z.unknown())),
    }),
    surface: z.strictObject({ status: z.literal("not-captured") }),
  })
  .meta({ id: "ApprovalMeta", description: "Signed by the registry's key, or the digest of what it signed." });

export const Entry = z
  .strictObject({
    server: z
      .looseObject({ name: z.string(), description: z.string(), version: z.string() })
      .describe("The exact signed bytes of server.json."),
    _meta: z.strictObject({ [APPROVAL_META_KEY]: ApprovalMeta, [OFFICIAL_META_KEY]: OfficialMeta }),
  })
  .meta({ id: "Entry" });

export const List = z
  .strictObject({
    servers: z.array(Entry),
    metadata: z.strictObject({
      count: z.int().min(0).describe("Entries on this page."),
      nextCursor: z
        .string()
        .regex(/^[A-Za-z0-9_-]+$/)
        .optional()
        .describe("Absent on the last page."),
    }),
  })
  .meta({ id: "List" });

export const Validation = z
  .strictObject({
    valid: z.boolean(),
    issues: z.array(
      z.strictObject({
        type: z.enum(["json", "schema", "semantic"]),
        path: z.string(),
        message: z.string(),
        severity: z.enum(["error", "warning", "info"]),
        reference: z.string(),
      }),
    ),
  })
  .meta({ id: "Validation" });

export const Problem = z
  .looseObject({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string().regex(requestIdForm),
    errors: z
      .array(z.strictObject({ pointer: z.string(), detail: z.string(), code: z.string().optional() }))
      .optional(),
    suggestions: z.array(z.string()).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457" });

export const Health = z.strictObject({ status: z.literal("ok"), catalogue_age_seconds: z.int().min(0) });
export const Ping = z.strictObject({ pong: z.literal(true) });
export const Build = z.strictObject({ version: z.string(), git_commit: z.string(), build_time: z.string() });

export const ProtectedResource = z
  .strictObject({
    resource: z.url(),
    bearer_methods_supported: z.tuple([z.literal("header")]),
    scopes_supported: z.array(z.string()),
    resource_documentation: z.url(),
  })
  .meta({ id: "ProtectedResource", description: "RFC 9728" });
