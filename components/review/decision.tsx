"use client";

import { Check, X } from "lucide-react";
import { FormField } from "../admin/form-field.tsx";
import type { ServerAction } from "../session/action-state.ts";
import { Button } from "../ui/button.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { DecisionDialog } from "./decision-dialog.tsx";
import { DecisionSubject, type Subject } from "./decision-subject.tsx";
import { explainReviewChanged } from "./review-changed.tsx";

export type DecisionProps = {
  subject: Subject;
  expiry: { suggested: string; latest: string };
  /** Whether this approval would be the last one needed. */
  completes: boolean;
  /** Null where the one who looks may not. */
  approve: ServerAction | null;
  reject: ServerAction | null;
};

/** Approve and reject, each behind a confirm that names version and digest and posts the digest of what was read. */
export function Decision(props: DecisionProps) {
  return (
    <div className="flex flex-wrap gap-2">
      {props.approve ? <ApproveDialog {...props} approve={props.approve} /> : null}
      {props.reject ? <RejectDialog {...props} reject={props.reject} /> : null}
    </div>
  );
}

function ApproveDialog({ subject, expiry, completes, approve }: DecisionProps & { approve: ServerAction }) {
  return (
    <DecisionDialog
      action={approve}
      trigger={
        <Button variant="primary">
          <Check aria-hidden="true" /> Approve…
        </Button>
      }
      title="Approve this version?"
      description={
        completes
          ? "Yours is the last approval needed: the registry countersigns and clients resolve it at once."
          : "Your approval is recorded. The registry countersigns when enough people have approved."
      }
      submit="Approve"
      doneText={completes ? `${subject.version} is countersigned` : "Your approval is recorded"}
      explain={explainReviewChanged}
    >
      <DecisionSubject subject={subject} />
      <FormField
        name="expiresOn"
        label="Countersignature expires on"
        hint="At 00:00 UTC of that day clients stop resolving the version. Choose a day by which a newer one will be here."
      >
        <Input type="date" required defaultValue={expiry.suggested.slice(0, 10)} max={expiry.latest.slice(0, 10)} />
      </FormField>
    </DecisionDialog>
  );
}

function RejectDialog({ subject, reject }: DecisionProps & { reject: ServerAction }) {
  return (
    <DecisionDialog
      action={reject}
      trigger={
        <Button>
          <X aria-hidden="true" /> Reject…
        </Button>
      }
      title="Reject this version?"
      description="It will not resolve. The publisher sees your reason."
      submit="Reject"
      danger
      doneText={`${subject.version} is rejected`}
      explain={explainReviewChanged}
    >
      <DecisionSubject subject={subject} />
      <FormField name="reason" label="Reason" hint="Say what must change. It is kept in the audit.">
        <Textarea required maxLength={500} />
      </FormField>
    </DecisionDialog>
  );
}
