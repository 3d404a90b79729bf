"use client";

import { FormField } from "#components/admin/form-field.tsx";
import { Input } from "#components/ui/input.tsx";

export function ReasonField() {
  return (
    <FormField name="reason" label="Reason" hint="Kept in the audit and shown beside the key.">
      <Input required maxLength={500} autoComplete="off" />
    </FormField>
  );
}
