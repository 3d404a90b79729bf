import { z } from "zod";
import { hasHiddenCharacters } from "#lib/core/escape.ts";
import { maxBundleBytes, maxManifestBytes } from "#lib/core/identifiers.ts";

const name = z.string().min(3).max(300);
const version = z.string().min(1).max(300);
const bytes = (max: number): z.ZodType<Uint8Array> =>
  z.instanceof(Uint8Array).refine((value) => value.byteLength > 0 && value.byteLength <= max, `1 to ${max} bytes`);

/** Why somebody decided: shown to people, and to readers when it is about something they could see. */
export const Reason = z
  .string()
  .trim()
  .min(3, "Say why, in at least 3 characters.")
  .max(1000)
  .refine(
    (text) => !hasHiddenCharacters(text.replaceAll("\n", "")),
    "Control and invisible characters are not allowed.",
  );

export const ServerInput = z.object({ name });
export const VersionInput = z.object({ name, version });
export type VersionInput = z.input<typeof VersionInput>;

export const ReasonInput = z.object({ reason: Reason });
export const OptionalReasonInput = z.object({ reason: Reason.nullish() });
export const WithdrawInput = VersionInput.extend(OptionalReasonInput.shape);
export const ReopenInput = VersionInput.extend(ReasonInput.shape);
export const RevokeInput = ReopenInput;

export const PublishInput = z.object({
  manifestBytes: bytes(maxManifestBytes),
  bundleBytes: bytes(maxBundleBytes),
  /** Do everything but write. */
  dryRun: z.boolean().default(false),
});
export type PublishInput = z.input<typeof PublishInput>;
