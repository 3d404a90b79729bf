import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { Spinner } from "./spinner.tsx";

const variants = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-line-strong bg-surface text-ink hover:bg-sunken",
  danger: "bg-danger text-on-danger hover:bg-danger-strong",
  ghost: "text-muted hover:bg-sunken hover:text-ink",
};

const sizes = {
  md: "h-9 px-3.5 text-base gap-2",
  sm: "h-8 px-2.5 text-sm gap-1.5",
  icon: "size-8 justify-center",
};

const base =
  "inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap no-underline " +
  "transition-colors disabled:opacity-55 disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0";

type Look = { variant?: keyof typeof variants; size?: keyof typeof sizes };

/** Class names of a button, for elements that must look like one (a link, a summary). */
export function buttonLook({ variant = "secondary", size = "md" }: Look = {}): string {
  return cn(base, variants[variant], sizes[size]);
}

type ButtonProps = ComponentProps<"button"> & Look & { asChild?: boolean; busy?: boolean };

/** `asChild` gives the look to the only child (a `Link`). `busy` shows a spinner and refuses a second press. */
export function Button({ variant, size, asChild, busy, className, children, disabled, ...props }: ButtonProps) {
  const look = cn(buttonLook({ variant, size }), className);
  if (asChild)
    return (
      <Slot.Root className={look} {...props}>
        {children}
      </Slot.Root>
    );
  return (
    <button type="button" className={look} disabled={disabled || busy} aria-busy={busy || undefined} {...props}>
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}
