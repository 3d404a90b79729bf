"use client";

import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { changePasswordAction } from "../actions.ts";

/** Needs the present password, and a code where the account has a second factor. */
export function PasswordForm({ totp }: { totp: boolean }) {
  const finish = ({ endedSessions }: { endedSessions: number }) =>
    toast({
      tone: "approved",
      title: "Password changed",
      text: endedSessions === 0 ? undefined : `Your other sessions have ended (${endedSessions}).`,
    });
  return (
    <ActionForm action={changePasswordAction} submit="Change password" onDone={finish} resets>
      <FormField name="current" label="Present password">
        <Input type="password" required maxLength={1024} autoComplete="current-password" />
      </FormField>
      <FormField name="password" label="New password" hint="Your other sessions end when it changes.">
        <Input type="password" required minLength={12} maxLength={1024} autoComplete="new-password" />
      </FormField>
      {totp ? (
        <FormField name="totp" label="Code from your authenticator">
          <Input required inputMode="numeric" autoComplete="one-time-code" maxLength={9} />
        </FormField>
      ) : null}
    </ActionForm>
  );
}
