"use client";

import { useEffect, useState } from "react";
import { FormField } from "#components/admin/form-field.tsx";
import type { ActionState } from "#components/session/action-state.ts";
import { callAction } from "#components/session/call-action.ts";
import { Input } from "#components/ui/input.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { joinAction, readInvitationAction } from "../../_parts/actions.ts";
import { PasswordForm } from "../../_parts/password-form.tsx";

type Invited = { email: string; name: string };

/** Asks whom the link invites, which uses nothing up, and lets them join. */
export function Invitation({ token }: { token: string }) {
  const [state, setState] = useState<ActionState<Invited>>({ status: "idle" });
  useEffect(() => {
    callAction(readInvitationAction, { token }).then(setState);
  }, [token]);
  if (state.status === "refused") return <ProblemNotice problem={state.problem} />;
  if (state.status === "idle") return <Skeleton className="h-24" />;
  return (
    <PasswordForm token={token} action={joinAction} submit="Join">
      <p className="text-base">
        Your account is <strong className="font-semibold [overflow-wrap:anywhere]">{state.value.email}</strong>
      </p>
      <FormField name="name" label="Your name" hint="Shown to others and in the audit.">
        <Input autoComplete="name" required maxLength={100} defaultValue={state.value.name} />
      </FormField>
    </PasswordForm>
  );
}
