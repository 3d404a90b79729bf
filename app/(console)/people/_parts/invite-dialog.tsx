"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { GrantFields } from "#components/admin/grant-fields.tsx";
import { ShownOnce } from "#components/admin/shown-once.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import type { CreatedLinkView } from "#lib/access/view.ts";
import { inviteAction } from "../actions.ts";

/** Asks whom to invite and as what, then shows the one-time link, once. */
export function InviteDialog({ namespaces }: { namespaces: string[] }) {
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<CreatedLinkView | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    setLink(null);
  };
  const trigger = (
    <Button variant="primary">
      <UserPlus aria-hidden="true" /> Invite
    </Button>
  );
  return (
    <Dialog open={open} onOpenChange={change} trigger={trigger} title={link ? "Pass this link on" : "Invite a person"}>
      {link ? <InvitationLink link={link} /> : <InviteForm namespaces={namespaces} onDone={setLink} />}
    </Dialog>
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

function InvitationLink({ link }: { link: CreatedLinkView }) {
  return (
    <>
      <ShownOnce secret={link.url} label="link" expiresAt={link.expiresAt}>
        <p>
          Send it to the person by a way you trust. It works once; whoever opens it first chooses the password of this
          account.
        </p>
      </ShownOnce>
      <DialogActions>
        <DialogClose asChild>
          <Button>Done</Button>
        </DialogClose>
      </DialogActions>
    </>
  );
}
