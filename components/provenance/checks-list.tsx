import { CircleCheck } from "lucide-react";
import type { VerificationCheck } from "#lib/signing/view.ts";
import { VisibleText } from "../ui/visible-text.tsx";

/** The checks that passed when the bundle was received. */
export function ChecksList({ checks, open }: { checks: VerificationCheck[]; open?: boolean }) {
  if (checks.length === 0) return null;
  return (
    <details open={open} className="mt-4 border-t border-line pt-3">
      <summary className="rounded-sm text-sm font-medium text-accent">{checks.length} checks passed</summary>
      <ul className="mt-2 grid gap-2">
        {checks.map((check) => (
          <li key={check.id} className="flex gap-2">
            <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-approved" />
            <span className="min-w-0">
              {check.label}
              <VisibleText text={check.detail} className="block text-sm text-muted" />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
