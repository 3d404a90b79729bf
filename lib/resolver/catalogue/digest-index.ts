import type { Digest } from "#lib/core/digest.ts";
import { approvalMetaOf, namedDigests } from "#lib/resolver/catalogue/signed-head.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";

/**
 * Which servers may name a digest, so that bytes are served only while a version that names them is shown. Kept by the
 * first 32 bits of each digest, so that whoever asks must look into the versions of the servers it gets.
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

  /** Every server with a version that names this digest, shown or not, and by rare chance one without. */
  serversOf(digest: Digest): ReadonlySet<string> | readonly string[] {
    const known = this.#servers.get(toKey(digest));
    return typeof known === "string" ? [known] : (known ?? []);
  }
}

/** What the index keeps of these versions: the digests their newest and their first countersignature name. */
export function digestKeys(versions: readonly VerifiedVersion[]): Set<number> {
  const metas = versions.flatMap((facts) => [
    approvalMetaOf(facts),
    ...(facts.firstApproval ? [facts.firstApproval] : []),
  ]);
  return new Set(metas.flatMap((meta) => Object.values(namedDigests(meta)).flat().map(toKey)));
}

function toKey(digest: Digest): number {
  return Number.parseInt(digest.slice("sha256:".length, "sha256:".length + 8), 16) | 0;
}
