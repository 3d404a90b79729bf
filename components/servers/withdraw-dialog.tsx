"use client";

import { Undo2 } from "lucide-react";
import { FormField } from "../admin/form-field.tsx";
import { DecisionDialog } from "../review/decision-dialog.tsx";
import type { ServerAction } from "../session/action-state.ts";
import { Button } from "../ui/button.tsx";
import { Textarea } from "../ui/input.tsx";
import { type VersionSubject, VersionSubjectBox } from "./version-subject.tsx";

/** Takes a version back before it is reviewed. */
export function WithdrawDialog({ subject, action }: { subject: VersionSubject; action: ServerAction }) {
  return (
    <DecisionDialog
      action={action}
      trigger={
        <Button>
          <Undo2 aria-hidden="true" /> Withdraw…
        </Button>
      }
      title="Withdraw this version?"
      description="It leaves the review. The version number stays taken; only an administrator can reopen it, with the same bytes."
      submit="Withdraw"
      doneText={`${subject.version} is withdrawn`}
    >
      <VersionSubjectBox subject={subject} />
      <FormField name="reason" label="Reason (optional)">
        <Textarea maxLength={1000} />
      </FormField>
    </DecisionDialog>
  );
}
