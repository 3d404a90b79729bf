import { DomainError } from "#lib/core/errors.ts";
import { readBody, toMediaType } from "#lib/http/body.ts";

/** Largest size of each part, in bytes, by the part's name. Every part is required, once. */
export type PartLimits = Record<string, number>;

const overheadBytes = 8 * 1024;

/**
 * Reads multipart/form-data whose parts are files, byte for byte.
 * @throws DomainError `unsupported-media-type`, `payload-too-large`, `bad-request`, or `invalid-input` naming every
 * part that is missing, unknown, doubled or not a file (a part without file name would be decoded as text).
 */
export async function readMultipart(request: Request, limits: PartLimits): Promise<Record<string, Buffer>> {
  if (toMediaType(request) !== "multipart/form-data") {
    throw new DomainError("unsupported-media-type", "Send multipart/form-data.");
  }
  const maxBytes = Object.values(limits).reduce((sum, limit) => sum + limit, overheadBytes);
  const form = await parse(request, await readBody(request, maxBytes));
  assertPartNames(form, limits);
  const parts: Record<string, Buffer> = {};
  for (const [name, limit] of Object.entries(limits)) {
    const file = form.get(name) as File;
    if (file.size > limit) {
      throw new DomainError("payload-too-large", `Part "${name}" may hold at most ${limit} bytes.`);
    }
    parts[name] = Buffer.from(await file.arrayBuffer());
  }
  return parts;
}

async function parse(request: Request, body: Buffer): Promise<FormData> {
  try {
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return await new Response(new Uint8Array(body), { headers }).formData();
  } catch {
    throw new DomainError("bad-request", "The body is not multipart/form-data.");
  }
}

function assertPartNames(form: FormData, limits: PartLimits): void {
  const fields = Object.keys(limits)
    .filter((name) => form.getAll(name).length !== 1 || typeof form.get(name) === "string")
    .map((name) => ({ pointer: `/${name}`, detail: "Send this part once, as a file." }));
  const unknown = [...new Set(form.keys())].filter((name) => !Object.hasOwn(limits, name));
  if (unknown.length > 0) fields.push({ pointer: "", detail: "There are parts this address does not know." });
  if (fields.length > 0) throw new DomainError("invalid-input", "The parts are not as expected.", { fields });
}
