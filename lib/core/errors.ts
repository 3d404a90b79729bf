/** Every refusal the product can give: its code, HTTP status and fixed title. `type` links to /problems/<code>. */
export const PROBLEMS = {
  "bad-request": { status: 400, title: "The request is malformed" },
  unauthenticated: { status: 401, title: "Sign in first" },
  "sign-in-failed": { status: 401, title: "Sign-in failed" },
  "reauthentication-required": { status: 403, title: "A fresh sign-in is needed" },
  forbidden: { status: 403, title: "Not allowed" },
  "origin-mismatch": { status: 403, title: "The request came from another site" },
  "not-found": { status: 404, title: "Not found" },
  "method-not-allowed": { status: 405, title: "Method not allowed" },
  "not-acceptable": { status: 406, title: "Not acceptable" },
  conflict: { status: 409, title: "Conflicts with the present state" },
  "version-exists": { status: 409, title: "This version exists with other bytes" },
  "name-taken": { status: 409, title: "The name is taken" },
  "state-conflict": { status: 409, title: "Not possible in this state" },
  "review-changed": { status: 409, title: "The review changed since you read it" },
  "pending-limit": { status: 409, title: "Too many versions are waiting for review" },
  "last-admin": { status: 409, title: "An administrator must remain" },
  "link-expired": { status: 410, title: "The link is used, expired or unknown" },
  "payload-too-large": { status: 413, title: "Too large" },
  "unsupported-media-type": { status: 415, title: "Unsupported content type" },
  "misdirected-request": { status: 421, title: "This host is not served here" },
  "invalid-input": { status: 422, title: "The input is not valid" },
  "manifest-invalid": { status: 422, title: "The manifest is not valid" },
  "signature-required": { status: 422, title: "A signature is needed" },
  "signature-rejected": { status: 422, title: "The signature was not accepted" },
  "publisher-not-allowed": { status: 422, title: "No publisher rule matches the signer" },
  "unpinned-refused": { status: 422, title: "Every package must be pinned here" },
  "approver-not-eligible": { status: 403, title: "You cannot approve this version" },
  "rate-limited": { status: 429, title: "Too many requests" },
  "verification-busy": { status: 429, title: "Too many verifications at once" },
  internal: { status: 500, title: "Something went wrong on our side" },
  unavailable: { status: 503, title: "Temporarily unavailable" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One thing wrong with the input. `pointer` is an RFC 6901 JSON pointer into it; `code` a stable rule code. */
export type FieldProblem = { pointer: string; detail: string; code?: string };

export type DomainErrorOptions = {
  fields?: FieldProblem[];
  /** Extra members of the problem document. Public: never a secret, never what the caller may not see. */
  extensions?: Record<string, unknown>;
  /** For the log alone. */
  log?: string;
  retryAfterSeconds?: number;
  cause?: unknown;
};

/**
 * A refusal. `detail` is public and must be safe to show to whoever asked: text from an attacker is escaped
 * before it gets here. `log` and `cause` never leave the server.
 */
export class DomainError extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly fields: FieldProblem[];
  readonly extensions: Record<string, unknown>;
  readonly log: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string, options: DomainErrorOptions = {}) {
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "DomainError";
    this.code = code;
    this.detail = detail;
    this.fields = options.fields ?? [];
    this.extensions = options.extensions ?? {};
    this.log = options.log;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Works across the two copies of this module that the server and the pages load. */
export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && error.name === "DomainError" && "code" in error && String(error.code) in PROBLEMS;
}
