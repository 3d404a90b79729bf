"use client";

import { useEffect, useRef, useState } from "react";
import type { ProblemShown } from "../ui/problem-notice.tsx";
import type { ServerAction } from "./action-state.ts";
import { callAction } from "./call-action.ts";

/** Typing goes on for this long before the registry is asked. */
const restMs = 350;

export type PreviewState<View, Draft> = {
  /** What the last answer said; stays until the next, so that nothing jumps while one types. */
  preview: View | null;
  problem: ProblemShown | null;
  /** The draft that `preview` or `problem` is about. */
  about: Draft;
  pending: boolean;
  retry: () => void;
};

/** What a draft would change if it were saved, asked for whenever the writing rests. `toInput` makes JSON of a draft. */
export function usePreview<View, Draft>(
  action: ServerAction<View>,
  draft: Draft,
  toInput: (draft: Draft) => unknown,
): PreviewState<View, Draft> {
  const [state, setState] = useState<Omit<PreviewState<View, Draft>, "retry">>({
    preview: null,
    problem: null,
    about: draft,
    pending: true,
  });
  const [attempt, setAttempt] = useState(0);
  const newest = useRef(draft);
  newest.current = draft;
  const input = JSON.stringify(toInput(draft));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    let stale = false;
    const ask = async () => {
      const about = newest.current;
      const answer = await callAction(action, JSON.parse(input));
      if (stale) return;
      setState((before) => ({
        preview: answer.status === "done" ? answer.value : before.preview,
        problem: answer.status === "refused" ? answer.problem : null,
        about,
        pending: false,
      }));
    };
    setState((before) => ({ ...before, pending: true }));
    const timer = setTimeout(ask, restMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [action, input, attempt]);
  return { ...state, retry: () => setAttempt((before) => before + 1) };
}
