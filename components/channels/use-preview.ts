"use client";

import { useEffect, useRef, useState } from "react";
import type { ChannelPreviewView } from "#lib/channels/view.ts";
import type { ServerAction } from "../session/action-state.ts";
import { callAction } from "../session/call-action.ts";
import type { ProblemShown } from "../ui/problem-notice.tsx";
import { type SelectionDraft, toSelection } from "./selection-draft.ts";

/** Typing goes on for this long before the registry is asked. */
const restMs = 350;

export type PreviewState = {
  /** What the last answer said; stays until the next, so that nothing jumps while one types. */
  preview: ChannelPreviewView | null;
  problem: ProblemShown | null;
  /** The draft that `preview` or `problem` is about. */
  about: SelectionDraft;
  pending: boolean;
};

/** What the selection being written would change in the channel `slug`, asked for whenever the writing rests. */
export function usePreview(
  action: ServerAction<ChannelPreviewView>,
  slug: string | null,
  draft: SelectionDraft,
): PreviewState & { retry: () => void } {
  const [state, setState] = useState<PreviewState>({ preview: null, problem: null, about: draft, pending: true });
  const [attempt, setAttempt] = useState(0);
  const newest = useRef(draft);
  newest.current = draft;
  const selection = JSON.stringify(toSelection(draft));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    let stale = false;
    const ask = async () => {
      const about = newest.current;
      const answer = await callAction(action, { selection: JSON.parse(selection), ...(slug === null ? {} : { slug }) });
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
  }, [action, slug, selection, attempt]);
  return { ...state, retry: () => setAttempt((before) => before + 1) };
}
