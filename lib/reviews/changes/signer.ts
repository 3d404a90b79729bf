import type { ChangeView } from "#lib/reviews/view.ts";
import { describeIdentity } from "#lib/signing/index.ts";
import type { SignatureView, VerifiedIdentity } from "#lib/signing/view.ts";

/** Another key, repository, workflow or address than the live version's. The ref differs with every release: not it. */
export function compareSigners(before: readonly SignatureView[], after: readonly SignatureView[]): ChangeView[] {
  if (before.length === 0) return [];
  const known = new Set(before.map(keyOfSigner));
  const fresh = after.filter((signature) => !known.has(keyOfSigner(signature)));
  return fresh.map((signature) => ({
    area: "signer",
    kind: "changed",
    label: "signer",
    before: before.map(({ identity }) => describeIdentity(identity)).join("; "),
    after: describeIdentity(signature.identity),
    pointer: "",
  }));
}

function keyOfSigner({ identity, trustRoot }: SignatureView): string {
  return JSON.stringify([trustRoot.slug, ...lastingParts(identity)]);
}

function lastingParts(identity: VerifiedIdentity): string[] {
  switch (identity.kind) {
    case "key":
      return ["key", identity.hint];
    case "github-actions":
      return ["github-actions", identity.issuer, identity.repositoryId, identity.ownerId, identity.workflow];
    case "email":
      return ["email", identity.issuer, identity.email];
    case "uri":
      return ["uri", identity.issuer, identity.uri];
  }
}
