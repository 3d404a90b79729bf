"use client";

import { FormField } from "#components/admin/form-field.tsx";
import { Input } from "#components/ui/input.tsx";
import { setUpAction } from "../../_parts/actions.ts";
import { PasswordForm } from "../../_parts/password-form.tsx";
import { WithLink } from "../../_parts/with-link.tsx";

export function SetUpForm() {
  return (
    <WithLink>
      {(token) => (
        <PasswordForm token={token} action={setUpAction} submit="Create administrator">
          <FormField name="name" label="Your name" hint="Shown to others and in the audit.">
            <Input autoComplete="name" required maxLength={100} />
          </FormField>
          <FormField name="email" label="E-mail">
            <Input type="email" autoComplete="username" required maxLength={254} />
          </FormField>
        </PasswordForm>
      )}
    </WithLink>
  );
}
