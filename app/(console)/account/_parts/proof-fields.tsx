"use client";

import { FormField } from "#components/admin/form-field.tsx";
import { Input } from "#components/ui/input.tsx";

/** Password and present code. */
export function ProofFields() {
  return (
    <>
      <FormField name="password" label="Password">
        <Input type="password" required maxLength={1024} autoComplete="current-password" />
      </FormField>
      <FormField name="totp" label="Code from your authenticator">
        <Input required inputMode="numeric" autoComplete="one-time-code" maxLength={9} />
      </FormField>
    </>
  );
}
