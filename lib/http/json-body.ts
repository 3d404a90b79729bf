import { DomainError } from "#lib/core/errors.ts";
import { readBody, toMediaType } from "#lib/http/body.ts";

const maxJsonBytes = 64 * 1024;

/**
 * Reads a JSON object. An empty body is an empty object, so that verbs without input need none.
 * @throws DomainError `unsupported-media-type`, `payload-too-large`, `bad-request`.
 */
export async function readJsonBody(request: Request): Promise<Record<string, unknown>> {
  const bytes = await readBody(request, maxJsonBytes);
  if (bytes.length === 0) return {};
  if (toMediaType(request) !== "application/json") {
    throw new DomainError("unsupported-media-type", "Send application/json.");
  }
  const value = parse(bytes);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DomainError("bad-request", "The body must be a JSON object.");
  }
  return value as Record<string, unknown>;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new DomainError("bad-request", "The body is not JSON in UTF-8.");
  }
}
