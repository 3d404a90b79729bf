"use client";

import { useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { ShownOnce } from "#components/admin/shown-once.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { CreatedLinkView } from "#lib/access/view.ts";
import { requestResetAction } from "../../actions.ts";

/** Makes a reset link and shows it, once. */
export function ResetDialog({ personId, name }: { personId: string; name: string }) {
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<CreatedLinkView | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    setLink(null);
  };
  const trigger = <Button size="sm">Make reset link</Button>;
  return (
    <Dialog open={open} onOpenChange={change} trigger={trigger} title={`Reset the password of ${name}`}>
      {link ? (
        <ShownOnce secret={link.url} label="link" expiresAt={link.expiresAt}>
          <p>Send it to {name} by a way you trust: whoever opens it first sets the password.</p>
        </ShownOnce>
      ) : (
        <ActionForm
          action={requestResetAction}
          values={{ personId }}
          submit="Make link"
          onDone={(made: CreatedLinkView) => setLink(made)}
          inDialog
        >
          <p>
            The link works once, for an hour. A link made earlier stops working. Their second factor stays in force.
          </p>
        </ActionForm>
      )}
    </Dialog>
  );
}
