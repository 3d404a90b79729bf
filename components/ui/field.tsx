"use client";

import { createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "./cn.ts";

type Wiring = { id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

const FieldWiring = createContext<Wiring>({});

/** Id, description and validity a control inside a `Field` must carry. Empty outside one. */
export function useFieldWiring(): Wiring {
  return useContext(FieldWiring);
}

/** Label, hint and error of one form control of `input.tsx`, wired to it for assistive technology. */
export function Field({
  label,
  hint,
  error,
  children,
  className,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={cn("grid gap-1.5", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <FieldWiring value={{ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined }}>
        {children}
      </FieldWiring>
      {error ? (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
