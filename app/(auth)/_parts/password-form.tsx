"use client";

import { type ReactNode, useRef } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import type { ServerAction } from "#components/session/action-state.ts";
import { signInWithPassword } from "#lib/session/client.ts";
import { PasswordInput } from "./password-input.tsx";

type PasswordFormProps = {
  token: string;
  action: ServerAction<{ email: string }>;
  submit: string;
  /** Fields before the password. */
  children?: ReactNode;
};

/** Sets a password by a one-time link and signs in with it. Opening the page uses nothing up; sending the form does. */
export function PasswordForm({ token, action, submit, children }: PasswordFormProps) {
  const password = useRef("");
  const enter = async ({ email }: { email: string }) => {
    const result = await signInWithPassword({ email, password: password.current });
    window.location.assign(result.ok ? "/" : "/sign-in");
  };
  return (
    <ActionForm action={action} submit={submit} values={{ token }} onDone={enter}>
      {children}
      <FormField name="password" label="New password" hint="At least 12 characters; a few words together do well.">
        <PasswordInput
          autoComplete="new-password"
          required
          minLength={12}
          onChange={(event) => {
            password.current = event.target.value;
          }}
        />
      </FormField>
    </ActionForm>
  );
}
