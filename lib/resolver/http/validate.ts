import type { IncomingMessage } from "node:http";
import { DomainError } from "#lib/core/errors.ts";
import { maxManifestBytes } from "#lib/core/identifiers.ts";
import { validateManifest } from "#lib/manifest/index.ts";
import type { ValidationIssue } from "#lib/manifest/view.ts";
import { validationBusy } from "#lib/resolver/http/refusals.ts";
import { jsonType, type Reply } from "#lib/resolver/http/reply.ts";
import type { WorkBudget } from "#lib/resolver/http/work-budget.ts";

/** One issue as the official registry words it. */
export type OfficialIssue = {
  type: "json" | "schema" | "semantic";
  /** As in `packages[0].transport.url`; "" is the whole document. */
  path: string;
  message: string;
  severity: "error" | "warning" | "info";
  /** A stable rule code. */
  reference: string;
};

/**
 * Says what publishing would say about a manifest, and changes nothing. The body is the manifest itself.
 * @throws DomainError `payload-too-large`; `bad-request` when the body breaks off; `rate-limited` when validating takes
 *   more than its share of the time, so that it never slows down reading.
 */
export async function answerValidate(request: IncomingMessage, budget: WorkBudget): Promise<Reply> {
  const bytes = await readBody(request, maxManifestBytes);
  const done = budget.run(() => validateManifest(bytes));
  if (!done) throw validationBusy();
  const { manifest, issues } = done.value;
  const body = Buffer.from(JSON.stringify({ valid: manifest !== null, issues: issues.map(toOfficialIssue) }));
  return { status: 200, body, contentType: jsonType, cacheControl: "no-store" };
}

/** Anything sent to `POST /publish`, as the official command line tool does, learns how publishing works here. */
export function refusePublish(registryId: string): DomainError {
  return new DomainError(
    "signature-required",
    "This registry takes a manifest only together with its publisher's signature. Publish with: " +
      `countersign publish server.json --registry ${registryId}`,
  );
}

export function toOfficialIssue({ code, pointer, message, severity }: ValidationIssue): OfficialIssue {
  const type = /^(json|schema)-/.exec(code)?.[1] ?? "semantic";
  return { type: type as OfficialIssue["type"], path: toPath(pointer), message, severity, reference: code };
}

/** Writes a JSON pointer the way the official registry writes paths. */
function toPath(pointer: string): string {
  const segments = pointer.split("/").slice(1);
  return segments
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((segment, at) => (/^\d+$/.test(segment) ? `[${segment}]` : `${at > 0 ? "." : ""}${segment}`))
    .join("");
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new DomainError("payload-too-large", `The body may hold at most ${maxBytes} bytes.`);
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new DomainError("bad-request", "The body broke off.", { cause });
  }
  if (size > maxBytes) throw tooLarge();
  return Buffer.concat(chunks);
}
