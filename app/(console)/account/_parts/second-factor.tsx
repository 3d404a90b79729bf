import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { disableTotpAction } from "../actions.ts";
import { EnrolTotp } from "./enrol-totp.tsx";
import { ProofFields } from "./proof-fields.tsx";

/** Whether an authenticator is enrolled, and the way to change that. */
export function SecondFactor({ enabled }: { enabled: boolean }) {
  if (!enabled) return <EnrolTotp />;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="flex items-center gap-2">
        <Badge tone="approved">On</Badge> Authenticator app
      </p>
      <ConfirmAction
        trigger="Remove"
        triggerLabel="Remove the authenticator"
        title="Remove the authenticator?"
        description="From then on the password alone signs you in. Lost the device? Ask whoever operates the registry."
        confirm="Remove authenticator"
        danger
        action={disableTotpAction}
        done="Authenticator removed"
      >
        <ProofFields />
      </ConfirmAction>
    </div>
  );
}
