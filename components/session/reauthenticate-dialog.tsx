"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { ProblemNotice, type ProblemShown } from "../ui/problem-notice.tsx";
import type { ServerAction } from "./action-state.ts";
import { callAction } from "./call-action.ts";

type DialogProps = { action: ServerAction; open: boolean; onFinish: (fresh: boolean) => void };

/** Password, and a code where the account has one, for the session that is already signed in. */
export function ReauthenticateDialog({ action, open, onFinish }: DialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onFinish(false))}
      title="Confirm it is you"
      description="This needs a sign-in younger than 15 minutes. What you entered is kept."
    >
      <ReauthenticateForm action={action} onDone={() => onFinish(true)} />
    </Dialog>
  );
}

type Problem = ProblemShown & { totpRequired?: unknown };

/** The refusal of a sign-in names an e-mail address too, which nobody is asked for here. */
function isWrong(problem: Problem | null): boolean {
  return problem?.code === "sign-in-failed" && problem.totpRequired !== true;
}

function ReauthenticateForm({ action, onDone }: { action: ServerAction; onDone: () => void }) {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pending, setPending] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The dialog is a child of other forms in React's tree, though not in the document's.
    event.stopPropagation();
    const input = new FormData(event.currentTarget);
    setPending(true);
    const state = await callAction(action, input);
    setPending(false);
    if (state.status === "refused") setProblem(state.problem);
    else onDone();
  };
  // The button that was busy has lost the focus.
  useEffect(() => {
    if (problem)
      form.current?.querySelector<HTMLElement>(`[name="${problem.totpRequired ? "totp" : "password"}"]`)?.focus();
  }, [problem]);
  return (
    <form ref={form} onSubmit={submit} className="grid gap-4">
      <Field label="Password" error={isWrong(problem) ? "This is not your password, or the code is not right." : null}>
        <Input name="password" type="password" autoComplete="current-password" required maxLength={1024} />
      </Field>
      <Field label="Code from your authenticator" hint="Only when your account has one; each code works once.">
        <Input name="totp" inputMode="numeric" autoComplete="one-time-code" pattern="[0-9 ]*" maxLength={9} />
      </Field>
      {problem && !isWrong(problem) && problem.totpRequired !== true ? <ProblemNotice problem={problem} /> : null}
      {problem?.totpRequired === true ? (
        <p role="alert" className="text-sm text-danger">
          {problem.detail}
        </p>
      ) : null}
      <DialogActions>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" type="submit" busy={pending}>
          Confirm and go on
        </Button>
      </DialogActions>
    </form>
  );
}
