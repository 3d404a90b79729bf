import type { Digest } from "#lib/core/digest.ts";
import type { NamedDigests, VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";
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

/** A version by its name; whether it shows the digest at present is for the entry to say. */
export type Holder = Pick<VerifiedVersion, "name" | "version">;

function isSame(a: Holder, b: Holder): boolean {
  return a.name === b.name && a.version === b.version;
}

/** Of the countersignature shown and of the first, each digest once. */
function namedDigests({ digests, firstApproval }: VerifiedVersion): [BlobKind, Digest][] {
  const all = firstApproval ? [digests, firstApproval.digests] : [digests];
  const each = (kind: BlobKind, of: (named: NamedDigests) => Digest[]) =>
    [...new Set(all.flatMap(of))].map((digest): [BlobKind, Digest] => [kind, digest]);
  return [
    ["manifest", digests.manifest],
    ...each("approval", ({ approval }) => [approval]),
    ...each("bundle", ({ bundles }) => bundles),
    ...each("trusted-root", ({ trustRoots }) => trustRoots),
  ];
}
