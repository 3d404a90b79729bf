"use client";

import { cloneElement, type ReactElement, type ReactNode } from "react";
import { Field } from "../ui/field.tsx";
import { useFieldError } from "./action-form.tsx";

type ControlProps = { name?: string; id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

/** A labelled control of an `ActionForm`: gets its name here, and shows what the answer said about it. */
export function FormField({
  name,
  label,
  hint,
  children,
}: {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  children: ReactElement<ControlProps>;
}) {
  const error = useFieldError(name);
  return (
    <Field label={label} hint={hint} error={error}>
      {cloneElement(children, { name })}
    </Field>
  );
}
