import { z } from "zod";
import { StrictJsonError } from "#lib/core/strict-json.ts";
import { readTrustedRoot } from "#lib/signing/index.ts";

/**
 * What is wrong with a trusted_root.json, for the person who wants to add it; empty when it may be used. Without these
 * checks a log or authority without a start date would be trusted for ever.
 */
export function lintTrustedRoot(bytes: Uint8Array): { pointer: string; detail: string }[] {
  try {
    readTrustedRoot(bytes);
    return [];
  } catch (error) {
    if (error instanceof StrictJsonError) return [{ pointer: error.pointer, detail: error.detail }];
    if (error instanceof z.ZodError) return error.issues.map(toProblem);
    return [{ pointer: "", detail: "The trust root cannot be read." }];
  }
}

function toProblem({ path, message }: z.core.$ZodIssue): { pointer: string; detail: string } {
  return { pointer: path.map((part) => `/${String(part)}`).join(""), detail: message };
}
