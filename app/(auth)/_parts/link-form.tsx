"use client";

import type { ReactNode } from "react";
import { useRef } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import type { ServerAction } from "#components/session/action-state.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { signInWithPassword } from "#lib/session/client.ts";
import { useLinkToken } from "./link-token.ts";
import { PasswordInput } from "./password-input.tsx";

type LinkFormProps = {
  action: ServerAction<{ email: string }>;
  submit: string;
  /** Fields before the password. */
  children?: (token: string) => ReactNode;
};

/** Sets a password by a one-time link and signs in with it. Opening the page uses nothing up; sending the form does. */
export function LinkForm({ action, submit, children }: LinkFormProps) {
  const token = useLinkToken();
  const password = useRef("");
  if (token === undefined) return <Skeleton className="h-24" />;
  if (token === null)
    return (
      <Banner tone="pending" title="The link is not complete">
        Open it again exactly as you were given it. What follows the # must be there.
      </Banner>
    );
  const enter = async ({ email }: { email: string }) => {
    const result = await signInWithPassword({ email, password: password.current });
    window.location.assign(result.ok ? "/" : "/sign-in");
  };
  return (
    <ActionForm action={action} submit={submit} values={{ token }} onDone={enter}>
      {children?.(token)}
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
