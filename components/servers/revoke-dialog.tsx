"use client";

import { Ban } from "lucide-react";
import type { ReadersView } from "#lib/channels/view.ts";
import { FormField } from "../admin/form-field.tsx";
import { DecisionDialog } from "../review/decision-dialog.tsx";
import type { ServerAction } from "../session/action-state.ts";
import { Button } from "../ui/button.tsx";
import { Textarea } from "../ui/input.tsx";
import { ResolvedNotice } from "./resolved-notice.tsx";
import { type VersionSubject, VersionSubjectBox } from "./version-subject.tsx";

type RevokeDialogProps = {
  subject: VersionSubject;
  action: ServerAction;
  /** Who resolved it so far; null for people who may not know. */
  resolved: ReadersView | null;
};

/** Revokes a version that clients get or could get again. */
export function RevokeDialog({ subject, action, resolved }: RevokeDialogProps) {
  return (
    <DecisionDialog
      action={action}
      trigger={
        <Button className="text-danger">
          <Ban aria-hidden="true" /> Revoke…
        </Button>
      }
      title="Revoke this version for good?"
      description="The registry signs a revocation. Within a second no client resolves the version any more, and it can never come back. Installed copies keep running until somebody removes them."
      submit="Revoke"
      danger
      doneText={`${subject.version} is revoked`}
    >
      <VersionSubjectBox subject={subject} />
      {resolved ? <ResolvedNotice resolved={resolved} /> : null}
      <FormField name="reason" label="Reason" hint="Readers see it beside the version, and it is kept in the audit.">
        <Textarea required minLength={3} maxLength={1000} />
      </FormField>
    </DecisionDialog>
  );
}
