import type { Digest } from "#lib/core/digest.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { BlobKind } from "#lib/resolver/source.ts";

/** Which versions name a digest, so that bytes are served only while one of them is shown. */
export class DigestIndex {
  readonly #holders: Record<BlobKind, Map<Digest, Holder[]>> = {
    manifest: new Map(),
    bundle: new Map(),
    approval: new Map(),
    "trusted-root": new Map(),
  };

  add(facts: VerifiedVersion): void {
    // Not the facts themselves, which hold the bytes they came with.
    const holder: Holder = { name: facts.name, version: facts.version };
    for (const [kind, digest] of namedDigests(facts)) {
      const holders = this.#holders[kind].get(digest);
      if (holders) holders.push(holder);
      else this.#holders[kind].set(digest, [holder]);
    }
  }

  remove(facts: VerifiedVersion): void {
    for (const [kind, digest] of namedDigests(facts)) {
      const left = this.#holders[kind].get(digest)?.filter((holder) => !isSame(holder, facts)) ?? [];
      if (left.length > 0) this.#holders[kind].set(digest, left);
      else this.#holders[kind].delete(digest);
    }
  }

  /** Versions that name this digest, shown or not. */
  holdersOf(kind: BlobKind, digest: Digest): readonly Holder[] {
    return this.#holders[kind].get(digest) ?? [];
  }
}

type Holder = Pick<VerifiedVersion, "name" | "version">;

function isSame(a: Holder, b: Holder): boolean {
  return a.name === b.name && a.version === b.version;
}

function namedDigests({ digests }: VerifiedVersion): [BlobKind, Digest][] {
  return [
    ["manifest", digests.manifest],
    ["approval", digests.approval],
    ...digests.bundles.map((digest): [BlobKind, Digest] => ["bundle", digest]),
    ...[...new Set(digests.trustRoots)].map((digest): [BlobKind, Digest] => ["trusted-root", digest]),
  ];
}
