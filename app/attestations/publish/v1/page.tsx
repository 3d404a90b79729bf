import { publishPredicateType } from "#lib/core/identifiers.ts";
import { pageCtx } from "#lib/session/index.ts";
import { type PredicateField, PredicatePage } from "../../_parts/predicate-page.tsx";

export const metadata = { title: "Publish statement, v1" };

const fields: PredicateField[] = [
  {
    name: "registry",
    type: "URL",
    meaning: "The registry the publisher means. A statement for another one is refused here.",
  },
  { name: "name", type: "text", meaning: "Name of the server, equal to the manifest's." },
  { name: "version", type: "text", meaning: "Version, equal to the manifest's." },
];

export default async function PublishPredicatePage() {
  const { registryId } = await pageCtx();
  return (
    <PredicatePage
      title="Publish statement, v1"
      type={publishPredicateType(registryId)}
      says="A publisher's word: these exact bytes are this version of this server, for this registry."
      subject="One: the manifest, by the SHA-256 of its exact bytes"
      signedBy="The publisher: a keyless identity or a managed key that a rule of the namespace allows. Not older than 24 hours when received."
      fields={fields}
    />
  );
}
