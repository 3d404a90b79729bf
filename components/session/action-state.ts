import type { ProblemShown } from "../ui/problem-notice.tsx";

/** What a server action answers with; the shape of `ActionState` in lib/http, as far as the browser needs it. */
export type ActionState<View> =
  | { status: "idle" }
  | { status: "done"; value: View }
  | { status: "refused"; problem: ProblemShown };

/** A server action. Its first argument is the state before, which none of ours looks at. */
export type ServerAction<View = unknown> = (previous: { status: "idle" }, input: unknown) => Promise<ActionState<View>>;
