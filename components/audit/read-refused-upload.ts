export type RefusedUpload = {
  detail: string;
  /** Whether a workflow's identity was verified, from which a rule could be made. */
  prefills: boolean;
};

/** What a list shows of a refused upload, from the bytes of its event. Anything unexpected simply says less. */
export function readRefusedUpload(body: string): RefusedUpload {
  const details = toObject(toObject(parse(body)).details);
  const identity = toObject(details.identity);
  const byRule = details.code === "publisher-not-allowed" || details.check === "rule";
  return {
    detail: typeof details.detail === "string" ? details.detail : "See the event.",
    prefills: byRule && identity.kind === "github-actions",
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function toObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
