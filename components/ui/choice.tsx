import { type ComponentProps, type ReactNode, useId } from "react";

export type ChoiceProps = Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode };

/** What can be ticked, with its label and an optional hint below. */
export function Choice({ label, hint, ...props }: ChoiceProps & { type: "checkbox" | "radio" }) {
  const id = useId();
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-4.5 accent-accent"
        {...props}
      />
      <label htmlFor={id} className="text-base">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="col-start-2 text-sm text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
