import { z } from "zod";

/** Whether text is base64 in its one canonical spelling: standard alphabet, padded, no unused bit set. */
export function isCanonicalBase64(text: string): boolean {
  return Buffer.from(text, "base64").toString("base64") === text;
}

/**
 * Canonical base64 of 1 to `maxBytes` bytes. Canonical, because otherwise two spellings give one signature and a
 * changed character goes unseen.
 */
export function canonicalBase64(maxBytes: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(Math.ceil(maxBytes / 3) * 4)
    .refine(isCanonicalBase64, "not canonical base64");
}
