import { keyRotationPredicateType } from "#lib/core/identifiers.ts";
import { pageCtx } from "#lib/session/index.ts";
import { type PredicateField, PredicatePage } from "../../_parts/predicate-page.tsx";

export const metadata = { title: "Key rotation, v1" };

const fields: PredicateField[] = [
  { name: "registry", type: "URL", meaning: "This registry." },
  { name: "fromKeyId", type: "hex", meaning: "SHA-256 of the old public key (SPKI, DER), which signs this statement." },
  { name: "toKeyId", type: "hex", meaning: "SHA-256 of the new public key." },
  { name: "notBefore", type: "time", meaning: "From when the new key signs." },
];

export default async function KeyRotationPredicatePage() {
  const { registryId } = await pageCtx();
  return (
    <PredicatePage
      title="Key rotation, v1"
      type={keyRotationPredicateType(registryId)}
      says="An old key of this registry vouches for its successor, so that those who pinned the old one can follow."
      subject="The new key, by the SHA-256 of its SPKI"
      signedBy="The registry key before it"
      fields={fields}
    />
  );
}
