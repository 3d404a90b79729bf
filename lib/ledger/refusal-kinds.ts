/**
 * What the refusal chain records. Closed, so that its limits and an auditor's list are complete. All are refusals but
 * `signed-in`, a sign-in that succeeded: a kind of its own, so that a flood of failed ones cannot hide it.
 */
export const REFUSAL_KINDS = [
  "publish",
  "approve",
  "sign-in",
  "signed-in",
  "reauthentication",
  "one-time-link",
  "token",
] as const;

export type RefusalKind = (typeof REFUSAL_KINDS)[number];
