import type { Digest } from "#lib/core/digest.ts";
import { approvalMetaOf, namedDigests } from "#lib/resolver/catalogue/signed-head.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { BlobKind } from "#lib/resolver/source.ts";

/**
 * Which servers may name a digest, so that bytes are served only while a version that names them is shown. Kept by 32
 * bits of each digest, so that whoever asks must look into the versions of the servers it gets; other bits for each kind,
 * since nearly all servers name one trusted root, and none of them it as anything else.
 */
export class DigestIndex {
  readonly #servers = new Map<number, string | Set<string>>();

  /** @param keys as `digestKeys` gives them. */
  add(server: string, keys: Iterable<number>): void {
    for (const key of keys) {
      const known = this.#servers.get(key);
      if (known === undefined) this.#servers.set(key, server);
      else if (typeof known !== "string") known.add(server);
      else if (known !== server) this.#servers.set(key, new Set([known, server]));
    }
  }

  remove(server: string, keys: Iterable<number>): void {
    for (const key of keys) {
      const known = this.#servers.get(key);
      if (known === server) this.#servers.delete(key);
      else if (known instanceof Set && known.delete(server) && known.size === 0) this.#servers.delete(key);
    }
  }

  /** Every server with a version that names this digest as that kind, shown or not, and by rare chance one without. */
  serversOf(kind: BlobKind, digest: Digest): ReadonlySet<string> | readonly string[] {
    const known = this.#servers.get(toKey(kind, digest));
    return typeof known === "string" ? [known] : (known ?? []);
  }
}

/** What the index keeps of these versions: the digests their newest and their first countersignature name. */
export function digestKeys(versions: readonly VerifiedVersion[]): Set<number> {
  const metas = versions.flatMap((facts) => [
    approvalMetaOf(facts),
    ...(facts.firstApproval ? [facts.firstApproval] : []),
  ]);
  return new Set(metas.flatMap(keysOf));
}

const kinds: readonly BlobKind[] = ["manifest", "bundle", "approval", "trusted-root"];

function keysOf(meta: Buffer): number[] {
  const named = namedDigests(meta);
  return kinds.flatMap((kind) => named[kind].map((digest) => toKey(kind, digest)));
}

function toKey(kind: BlobKind, digest: Digest): number {
  const from = "sha256:".length + 8 * kinds.indexOf(kind);
  return Number.parseInt(digest.slice(from, from + 8), 16) | 0;
}
