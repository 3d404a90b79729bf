"use client";

import { useCallback, useState } from "react";
import type { ActionState, ServerAction } from "./action-state.ts";
import { callAction } from "./call-action.ts";
import { useReauthentication } from "./reauthentication.tsx";

export type ActionRun<View> = {
  state: ActionState<View>;
  pending: boolean;
  run: (input: unknown) => void;
  reset: () => void;
};

/**
 * Runs a server action and keeps its answer. When it asks for a fresh sign-in, the dialog opens and, once the person has
 * confirmed, the same input is sent again; closing the dialog leaves the refusal to be shown.
 */
export function useAction<View>(action: ServerAction<View>, onDone?: (value: View) => void): ActionRun<View> {
  const [state, setState] = useState<ActionState<View>>({ status: "idle" });
  // No transition: React joins running ones, and this one would wait for the dialog's, which waits for this one.
  const [pending, setPending] = useState(false);
  const reauthenticate = useReauthentication();
  const run = useCallback(
    async (input: unknown) => {
      setPending(true);
      try {
        let next = await callAction(action, input);
        if (needsFreshSignIn(next) && (await reauthenticate())) next = await callAction(action, input);
        setState(next);
        if (next.status === "done") onDone?.(next.value);
      } finally {
        setPending(false);
      }
    },
    [action, onDone, reauthenticate],
  );
  const reset = useCallback(() => setState({ status: "idle" }), []);
  return { state, pending, run, reset };
}

function needsFreshSignIn(state: ActionState<unknown>): boolean {
  return state.status === "refused" && state.problem.code === "reauthentication-required";
}
