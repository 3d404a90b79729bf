import { parseStrictJson, StrictJsonError, type StrictJsonOptions } from "#lib/core/strict-json.ts";
import { type CheckId, refuse, type SignatureRefusal } from "#lib/signing/refusal.ts";

type Codes = { tooLarge: SignatureRefusal; malformed: SignatureRefusal; check?: CheckId };

/** Strict JSON, with the refusal codes of the document it is. @throws Refusal */
export function readJson(bytes: Uint8Array, options: StrictJsonOptions, codes: Codes): unknown {
  try {
    return parseStrictJson(bytes, options);
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    if (error.code === "too-large") return refuse(codes.tooLarge, codes.check ?? "size", error.detail);
    return refuse(codes.malformed, codes.check ?? "json", error.detail);
  }
}
