import { z } from "zod";

/** Characters that could forge what people read: control, format (bidirectional, zero-width) and line separators. */
const unsafeText = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** One visible line of text, trimmed. */
export function lineSchema(maxCharacters: number) {
  return z
    .string()
    .trim()
    .min(1, "Write something here.")
    .max(maxCharacters, `Use at most ${maxCharacters} characters.`)
    .refine((text) => !unsafeText.test(text), "Control and invisible characters are not allowed.");
}

export const nameSchema = lineSchema(100);
/** ASCII only, so that two addresses which look alike are alike. */
export const emailSchema = z
  .string()
  .trim()
  .max(254)
  .regex(/^[\x21-\x3f\x41-\x7e]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/, "This is not an e-mail address.");

/** As typed for signing in: bounded, not judged. */
export const typedPasswordSchema = z.string().min(1, "Write your password.").max(1024);
export const totpSchema = z.string().trim().max(20);
export const idSchema = z.uuid("This is not an id.");
export const linkTokenSchema = z.string().min(1).max(200);

/** Reverse-DNS namespace as in server names, or `*` for all. Whether it exists is asked elsewhere. */
export const namespaceNameSchema = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, "This is not a namespace.");
const namespaceOrAll = z.union([z.literal("*"), namespaceNameSchema]);

const grantSchema = z
  .strictObject({ role: z.enum(["admin", "auditor", "reviewer", "publisher"]), namespace: namespaceOrAll })
  .refine((grant) => grant.namespace === "*" || grant.role === "reviewer" || grant.role === "publisher", {
    path: ["namespace"],
    message: "Admins and auditors are so for every namespace: use *.",
  });
export const grantsSchema = z.array(grantSchema).max(200);

export const scopesSchema = z
  .array(z.enum(["read", "publish", "audit", "resolve"]))
  .min(1)
  .max(4);
export const tokenNamespacesSchema = z.array(namespaceOrAll).max(100).default([]);
/** Slugs. Whether there is such a channel is asked elsewhere. */
export const tokenChannelsSchema = z.array(z.string().min(1).max(100)).max(100).default([]);
