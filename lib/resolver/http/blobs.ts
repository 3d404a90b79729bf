import { type Digest, digestOf } from "#lib/core/digest.ts";
import { DomainError } from "#lib/core/errors.ts";
import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";
import type { Entry } from "#lib/resolver/catalogue/entry.ts";
import { approvalMetaOf, manifestOf, namesDigest } from "#lib/resolver/catalogue/signed-head.ts";
import { readIncludeDeleted } from "#lib/resolver/http/query.ts";
import { jsonType, type Reply } from "#lib/resolver/http/reply.ts";
import { isShown } from "#lib/resolver/http/walk.ts";
import type { BlobKind, CatalogueSource } from "#lib/resolver/source.ts";

export type BlobRequest = { kind: BlobKind; digest: Digest; query: URLSearchParams };

/**
 * Raw bytes by digest, only while a version that names them is shown. Manifests come from memory, the rest from the
 * source, and whatever the source gives must have the digest.
 * @throws DomainError `not-found`, the same for hidden and unknown; `unavailable` when the source cannot be read.
 */
export async function answerBlob(
  catalogue: CatalogueView,
  source: Pick<CatalogueSource, "readBlob">,
  { kind, digest, query }: BlobRequest,
): Promise<Reply> {
  const entry = findHolder(catalogue, kind, digest, readIncludeDeleted(query));
  if (!entry) throw notFound();
  const body = kind === "manifest" ? manifestOf(entry.facts) : await readVerified(source, kind, digest);
  const { name, version } = entry.facts;
  const reply: Reply = { status: 200, contentType: jsonType, body, etag: `"${digest}"` };
  return kind === "manifest" ? { ...reply, resolved: { name, version } } : reply;
}

function findHolder(
  catalogue: CatalogueView,
  kind: BlobKind,
  digest: Digest,
  includeDeleted: boolean,
): Entry | undefined {
  for (const name of catalogue.serversOf(kind, digest)) {
    // What is shown of a version may be another of its countersignatures than the one asked for.
    const entry = catalogue
      .find(name)
      ?.entries.find((each) => isShown(each, includeDeleted) && namesDigest(approvalMetaOf(each.facts), kind, digest));
    if (entry) return entry;
  }
  return undefined;
}

async function readVerified(
  source: Pick<CatalogueSource, "readBlob">,
  kind: Exclude<BlobKind, "manifest">,
  digest: Digest,
): Promise<Buffer> {
  const bytes = await source.readBlob(kind, digest.slice("sha256:".length)).catch((cause: unknown) => {
    throw new DomainError("unavailable", "These bytes cannot be read at the moment.", { cause, retryAfterSeconds: 2 });
  });
  if (!bytes || digestOf(bytes) !== digest) {
    throw new DomainError("unavailable", "These bytes cannot be read at the moment.", {
      log: `${kind} ${digest} is gone`,
    });
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function notFound(): DomainError {
  return new DomainError("not-found", "Nothing shown here has this digest.");
}
