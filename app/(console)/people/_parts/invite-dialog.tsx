"use client";

import { UserPlus } from "lucide-react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { GrantFields } from "#components/admin/grant-fields.tsx";
import { OnceDialog } from "#components/admin/once-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import type { CreatedLinkView } from "#lib/access/view.ts";
import { inviteAction } from "../actions.ts";

/** Asks whom to invite and as what, then shows the one-time link, once. */
export function InviteDialog({ namespaces }: { namespaces: string[] }) {
  const trigger = (
    <Button variant="primary">
      <UserPlus aria-hidden="true" /> Invite…
    </Button>
  );
  return (
    <OnceDialog
      trigger={trigger}
      title="Invite a person"
      madeTitle="Pass this link on"
      toOnce={({ url, expiresAt }: CreatedLinkView) => ({ secret: url, label: "link", expiresAt })}
      advice="Send it to the person by a way you trust. It works once; whoever opens it first chooses the password of this account."
      whenLost="Revoke the invitation in the list, then invite them again."
    >
      {(onDone) => <InviteForm namespaces={namespaces} onDone={onDone} />}
    </OnceDialog>
  );
}

function InviteForm({ namespaces, onDone }: { namespaces: string[]; onDone: (link: CreatedLinkView) => void }) {
  return (
    <ActionForm action={inviteAction} submit="Make link" onDone={onDone} inDialog>
      <FormField name="name" label="Name">
        <Input required maxLength={100} autoComplete="off" />
      </FormField>
      <FormField name="email" label="E-mail address" hint="They sign in with it. Nothing is sent there.">
        <Input type="email" required maxLength={254} autoComplete="off" />
      </FormField>
      <GrantFields namespaces={namespaces} />
    </ActionForm>
  );
}
