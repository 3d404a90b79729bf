"use client";

import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useRef } from "react";
import type { ServerAction } from "../session/action-state.ts";
import { useAction } from "../session/use-action.ts";
import { Button } from "../ui/button.tsx";
import { DialogActions, DialogClose } from "../ui/dialog.tsx";
import { ProblemNotice, type ProblemShown } from "../ui/problem-notice.tsx";
import { splitProblem } from "./split-problem.ts";

const FieldErrors = createContext<Record<string, string>>({});

/** What the last answer said about this field, or null. */
export function useFieldError(name: string): string | null {
  return useContext(FieldErrors)[name] ?? null;
}

type ActionFormProps<View> = {
  action: ServerAction<View>;
  children?: ReactNode;
  submit: string;
  danger?: boolean;
  /** For a form that is not the main one of its page. */
  quiet?: boolean;
  /** Sent beside the fields. */
  values?: Record<string, string>;
  onDone?: (value: View) => void;
  /** Last look at the fields before they are sent. */
  prepare?: (input: FormData) => void;
  /** Buttons of a dialog: adds Cancel, which closes it. */
  inDialog?: boolean;
  /** Empties the fields once done. */
  resets?: boolean;
  /** Own words for some refusals; null leaves it to the general notice. */
  explain?: (problem: ProblemShown) => ReactNode;
};

/**
 * A form that posts to a server action: keeps what was typed when refused, shows each problem at its field and leads to
 * the first.
 */
export function ActionForm<View>(props: ActionFormProps<View>) {
  const { action, children, values = {}, onDone, prepare, resets, ...look } = props;
  const form = useRef<HTMLFormElement>(null);
  const { state, pending, run } = useAction(action, (value: View) => {
    if (resets) form.current?.reset();
    onDone?.(value);
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const input = new FormData(event.currentTarget);
    for (const [name, value] of Object.entries(values)) input.set(name, value);
    prepare?.(input);
    run(input);
  };
  const problem = state.status === "refused" ? state.problem : null;
  useEffect(() => {
    if (!problem) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]');
    // A busy button loses the focus, so it gets it back.
    (first ?? form.current?.querySelector<HTMLElement>('[type="submit"]'))?.focus();
  }, [problem]);
  const shown = splitProblem(problem, (name) => form.current?.elements.namedItem(name) != null);
  return (
    <form ref={form} onSubmit={submit} className="grid gap-4">
      <FieldErrors value={shown.fields}>{children}</FieldErrors>
      <FormEnd {...look} problem={shown.rest} pending={pending} />
    </form>
  );
}

type FormEndProps = {
  submit: string;
  danger?: boolean;
  quiet?: boolean;
  inDialog?: boolean;
  explain?: (problem: ProblemShown) => ReactNode;
  problem: ProblemShown | null;
  pending: boolean;
};

function FormEnd({ submit, danger, quiet, inDialog, explain, problem, pending }: FormEndProps) {
  const button = (
    <Button type="submit" variant={danger ? "danger" : quiet ? "secondary" : "primary"} busy={pending}>
      {submit}
    </Button>
  );
  return (
    <>
      {problem ? (explain?.(problem) ?? <ProblemNotice problem={problem} />) : null}
      {inDialog ? (
        <DialogActions>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          {button}
        </DialogActions>
      ) : (
        <div className="flex">{button}</div>
      )}
    </>
  );
}
