"use client";

import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { PersonView } from "#lib/access/view.ts";
import { clearTotpAction } from "../../actions.ts";

/** What to do when somebody lost their authenticator. An administrator's is cleared on the host: see the verb. */
export function SecondFactor({ person }: { person: PersonView }) {
  const isAdmin = person.grants.some((grant) => grant.role === "admin");
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-5">
      <p className="max-w-sm text-sm text-muted">
        {isAdmin
          ? "An administrator who lost their authenticator is helped on the host, never by another administrator."
          : "Who lost their authenticator cannot sign in until it is cleared. Make sure that it is they who ask."}
      </p>
      {isAdmin ? null : <ClearTotp id={person.id} name={person.name} />}
    </div>
  );
}

function ClearTotp({ id, name }: { id: string; name: string }) {
  return (
    <ConfirmAction
      trigger="Clear second factor"
      title={`Clear the second factor of ${name}?`}
      description="From then on their password alone lets them in, until they enrol an authenticator again. Every session of theirs ends at once."
      confirm="Clear second factor"
      danger
      action={clearTotpAction}
      values={{ id }}
      done="Second factor cleared: their sessions have ended"
    >
      <FormField name="reason" label="Reason" hint="Kept in the audit.">
        <Input required maxLength={500} autoComplete="off" />
      </FormField>
    </ConfirmAction>
  );
}
