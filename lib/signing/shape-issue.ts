import type { z } from "zod";
import { quote } from "#lib/signing/quote.ts";

/** Where the first issue of a shape lies, and of what kind; document text only as an escaped key name. */
export function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = quote(`/${issue?.path.map(String).join("/") ?? ""}`);
  return `${path} (${issue?.code.replaceAll("_", " ") ?? "unknown"})`;
}
