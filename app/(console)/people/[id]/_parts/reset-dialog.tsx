"use client";

import { ActionForm } from "#components/admin/action-form.tsx";
import { OnceDialog } from "#components/admin/once-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import type { CreatedLinkView } from "#lib/access/view.ts";
import { requestResetAction } from "../../actions.ts";

/** Makes a reset link and shows it, once. */
export function ResetDialog({ personId, name }: { personId: string; name: string }) {
  return (
    <OnceDialog
      trigger={<Button size="sm">Make reset link…</Button>}
      title={`Reset the password of ${name}`}
      madeTitle={`Reset the password of ${name}`}
      toOnce={({ url, expiresAt }: CreatedLinkView) => ({ secret: url, label: "link", expiresAt })}
      advice={`Send it to ${name} by a way you trust: whoever opens it first sets the password.`}
      whenLost="Make another one; this one stops working then."
    >
      {(onDone) => (
        <ActionForm action={requestResetAction} values={{ personId }} submit="Make link" onDone={onDone} inDialog>
          <p>
            The link works once, for an hour. A link made earlier stops working. Their second factor stays in force.
          </p>
        </ActionForm>
      )}
    </OnceDialog>
  );
}
