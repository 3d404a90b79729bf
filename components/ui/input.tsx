"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { useFieldWiring } from "./field.tsx";

const look =
  "w-full rounded-md border border-line-strong bg-surface px-3 text-base text-ink placeholder:text-faint " +
  "aria-invalid:border-danger aria-invalid:border-2 disabled:bg-sunken disabled:text-muted";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input {...useFieldWiring()} className={cn(look, "h-9", className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea rows={4} {...useFieldWiring()} className={cn(look, "py-2", className)} {...props} />;
}

/** The browser's own select: it is the one that works best on phones and with the keyboard. */
export function Select({ className, children, ...props }: ComponentProps<"select">) {
  return (
    <span className="relative block">
      <select {...useFieldWiring()} className={cn(look, "h-9 appearance-none pr-9", className)} {...props}>
        {children}
      </select>
      <ChevronDown aria-hidden="true" className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-muted" />
    </span>
  );
}
