/** What the refusal chain records. Closed, so that its limits and an auditor's list are complete. */
export const REFUSAL_KINDS = ["publish", "approve", "sign-in", "reauthentication", "one-time-link", "token"] as const;

export type RefusalKind = (typeof REFUSAL_KINDS)[number];
