import type { VerifiedIdentity } from "#lib/signing/view.ts";
import { Fact } from "../ui/facts.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** The two or three claims that tell most people who signed, as `Fact`s. */
export function IdentityEssentials({ identity }: { identity: VerifiedIdentity }) {
  return toEssentials(identity).map(([label, text]) => (
    <Fact key={label} label={label}>
      <VisibleText text={text} />
    </Fact>
  ));
}

function toEssentials(identity: VerifiedIdentity): [label: string, text: string][] {
  switch (identity.kind) {
    case "key":
      return [["Key", identity.label]];
    case "github-actions":
      return [
        ["Repository", identity.repository.replace(/^https:\/\//, "")],
        ["Workflow", identity.workflow],
        ["Ref", identity.ref],
      ];
    case "email":
      return [
        ["E-mail", identity.email],
        ["Issuer", identity.issuer],
      ];
    case "uri":
      return [
        ["Identity", identity.uri],
        ["Issuer", identity.issuer],
      ];
  }
}
