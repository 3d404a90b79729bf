import { approvalPredicateType } from "#lib/core/identifiers.ts";
import { pageCtx } from "#lib/session/index.ts";
import { type PredicateField, PredicatePage } from "../../_parts/predicate-page.tsx";

export const metadata = { title: "Approval, v1" };

const fields: PredicateField[] = [
  { name: "registry", type: "URL", meaning: "This registry." },
  { name: "name, version", type: "text", meaning: "What is approved or revoked." },
  {
    name: "state",
    type: "approved | revoked",
    meaning: "A revocation is the same statement with the other state. It is final.",
  },
  { name: "round", type: "number", meaning: "Counts the countersignatures of this version from 1. The newest holds." },
  {
    name: "bundles",
    type: "list",
    meaning:
      "The publisher's bundles that were verified: digest, verified identity, the rule that matched, when signed and received, and the trust root by digest.",
  },
  { name: "pins", type: "status and entries", meaning: "Which packages name one exact artifact, and which do not." },
  { name: "surface", type: "status", meaning: "What a model would see. Until it is captured: not-captured." },
  {
    name: "policy",
    type: "digest and number",
    meaning: "The policy in force, by digest, and how many approvals it asks for.",
  },
  {
    name: "reviewDigest",
    type: "digest | null",
    meaning: "The review record the approvers read. Null in a revocation.",
  },
  { name: "approvers", type: "list", meaning: "Opaque ids of the different people who decided." },
  { name: "approvedAt", type: "time", meaning: "When it was signed." },
  { name: "expiresAt", type: "time | null", meaning: "From then on it approves nothing. Null in a revocation." },
  {
    name: "auditHead",
    type: "number and digest",
    meaning: "Head of the ledger at that moment: a rewritten ledger contradicts it.",
  },
];

export default async function ApprovalPredicatePage() {
  const { registryId } = await pageCtx();
  return (
    <PredicatePage
      title="Approval, v1"
      type={approvalPredicateType(registryId)}
      says="The countersignature: this registry's word that a version was reviewed and may be used until a given day, or that it may not be used any more."
      subject="The manifest, and every pinned artifact that has a digest"
      signedBy="This registry's key. The key set is served at /v0.1/x/countersign/keys; each key is vouched for by the one before."
      fields={fields}
    />
  );
}
