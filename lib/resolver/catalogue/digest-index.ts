import type { Digest } from "#lib/core/digest.ts";
import { NumberMap } from "#lib/resolver/catalogue/number-map.ts";
import { ServerNumbers } from "#lib/resolver/catalogue/server-numbers.ts";
import { approvalMetaOf, namedDigests } from "#lib/resolver/catalogue/signed-head.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { BlobKind } from "#lib/resolver/source.ts";

/**
 * Which servers may name a digest, so that bytes are served only while a version that names them is shown. Kept by 32
 * bits of each digest, so that whoever asks must look into the versions of the servers it gets; other bits for each kind,
 * since nearly all servers name one trusted root, and none of them it as anything else.
 */
export class DigestIndex {
  /** By key, the number of its one server, doubled, or the place of its set in `#shared`, doubled and one more. */
  readonly #owners = new NumberMap();
  readonly #shared: Set<string>[] = [];
  readonly #numbers = new ServerNumbers();

  /** @param keys as `digestKeys` gives them. */
  add(server: string, keys: Iterable<number>): void {
    for (const key of keys) {
      const known = this.#owners.get(key);
      if (known === undefined) this.#owners.set(key, this.#numbers.take(server) * 2);
      else if (known % 2 === 1) this.#shared[known >> 1]?.add(server);
      else if (this.#numbers.nameOf(known >> 1) !== server) this.#share(key, known >> 1, server);
    }
  }

  remove(server: string, keys: Iterable<number>): void {
    for (const key of keys) {
      const known = this.#owners.get(key);
      if (known === undefined) continue;
      if (known % 2 === 1) this.#shared[known >> 1]?.delete(server);
      else if (this.#numbers.nameOf(known >> 1) === server) {
        this.#owners.delete(key);
        this.#numbers.release(known >> 1);
      }
    }
  }

  /** Every server with a version that names this digest as that kind, shown or not, and by rare chance one without. */
  serversOf(kind: BlobKind, digest: Digest): ReadonlySet<string> | readonly string[] {
    const known = this.#owners.get(toKey(kind, digest));
    if (known === undefined) return [];
    return (known % 2 === 1 ? this.#shared[known >> 1] : [this.#numbers.nameOf(known >> 1)]) ?? [];
  }

  /** Few digests are named by several servers: once such, a key keeps its set. */
  #share(key: number, number: number, server: string): void {
    this.#owners.set(key, this.#shared.length * 2 + 1);
    this.#shared.push(new Set([this.#numbers.nameOf(number), server]));
    this.#numbers.release(number);
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
