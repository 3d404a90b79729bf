"use client";

import { type ReactNode, useId } from "react";
import { useFieldError } from "./action-form.tsx";

/** Several controls that answer one question. `name` is the input member whose problems show here. */
export function FormGroup({
  legend,
  hint,
  name,
  children,
}: {
  legend: string;
  hint?: ReactNode;
  name: string;
  children: ReactNode;
}) {
  const id = useId();
  const error = useFieldError(name);
  return (
    <fieldset className="grid gap-2.5" aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {hint ? (
        <p id={`${id}-hint`} className="-mt-1.5 text-sm text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} tabIndex={-1} data-invalid className="text-sm text-danger">
          {error}
        </p>
      ) : null}
      {children}
    </fieldset>
  );
}
