import { AtSign, KeyRound, Link2, type LucideIcon, Workflow } from "lucide-react";
import type { VerifiedIdentity } from "#lib/signing/view.ts";
import { VisibleText } from "../ui/visible-text.tsx";
import { identityKind, identityName } from "./identity.ts";

const icons: Record<VerifiedIdentity["kind"], LucideIcon> = {
  key: KeyRound,
  "github-actions": Workflow,
  email: AtSign,
  uri: Link2,
};

/** Who signed, on one line. */
export function IdentityLine({ identity }: { identity: VerifiedIdentity }) {
  const Icon = icons[identity.kind];
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Icon aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
      <span className="sr-only">{identityKind(identity)}: </span>
      <VisibleText text={identityName(identity)} />
    </span>
  );
}
