import { DomainError } from "#lib/core/errors.ts";

/**
 * Reads a request body, at most `maxBytes`. What is declared larger is refused unread, what turns out larger is cut off.
 * @throws DomainError `payload-too-large`; `bad-request` when the body breaks off.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new DomainError("bad-request", "The body broke off.", { cause });
    });
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
}

function tooLarge(maxBytes: number): DomainError {
  return new DomainError("payload-too-large", `The body may hold at most ${maxBytes} bytes.`);
}

/** Media type in lower case without parameters; "" when there is none. */
export function toMediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}
