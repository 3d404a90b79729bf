"use client";

import { RotateCcw } from "lucide-react";
import { FormField } from "../admin/form-field.tsx";
import { DecisionDialog } from "../review/decision-dialog.tsx";
import type { ServerAction } from "../session/action-state.ts";
import { Button } from "../ui/button.tsx";
import { Textarea } from "../ui/input.tsx";
import { type VersionSubject, VersionSubjectBox } from "./version-subject.tsx";

/** Puts a rejected or withdrawn version back into review, with the bytes it had. */
export function ReopenDialog({ subject, action }: { subject: VersionSubject; action: ServerAction }) {
  return (
    <DecisionDialog
      action={action}
      trigger={
        <Button>
          <RotateCcw aria-hidden="true" /> Reopen…
        </Button>
      }
      title="Put this version back into review?"
      description="The same bytes wait for review again. Approvals given before do not count."
      submit="Reopen"
      doneText={`${subject.version} waits for review`}
    >
      <VersionSubjectBox subject={subject} />
      <FormField name="reason" label="Reason" hint="Kept in the audit.">
        <Textarea required minLength={3} maxLength={1000} />
      </FormField>
    </DecisionDialog>
  );
}
