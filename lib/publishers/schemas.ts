import { z } from "zod";
import { idSchema, lineSchema } from "#lib/access/index.ts";
import { GitHubActionsClaims } from "#lib/signing/index.ts";

const namespace = z.string().min(1).max(200);
const label = lineSchema(100);

export const addManagedKeySchema = z.strictObject({
  namespace,
  label,
  /** SPKI PEM of an ECDSA P-256 or RSA (3072 bits or more) public key. */
  pem: z.string().trim().min(1).max(8192),
  /** Who holds the private key; the caller when left out. Never empty: what nobody controls, everybody could approve. */
  controllerIds: z.array(idSchema).min(1).max(20).optional(),
  /** RFC 3339, or null for no end. */
  notAfter: z.iso.datetime({ offset: true }).nullish(),
});

export const revokeManagedKeySchema = z.strictObject({ id: idSchema, reason: lineSchema(500) });

const ruleShape = { namespace, label, allowMessageSignatures: z.boolean().default(false) };

export const addRuleSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...ruleShape, kind: z.literal("key"), managedKeyId: idSchema }),
  z.strictObject({
    ...ruleShape,
    kind: z.literal("github-actions"),
    trustRootSlug: z.string().min(1).max(100),
    claims: GitHubActionsClaims,
  }),
]);
export type AddRuleInput = z.output<typeof addRuleSchema>;

export const ruleIdSchema = z.strictObject({ id: idSchema });

const bytes = z.instanceof(Uint8Array);
export const testRulesSchema = z.strictObject({ namespace, manifestBytes: bytes, bundleBytes: bytes });
export const prefillSchema = z.strictObject({ seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
