import { DomainError, type ProblemCode } from "#lib/core/errors.ts";

export const readScope = "mcp-registry:read";

/** A refusal that says by which credentials the answer can be had (RFC 6750, RFC 9728). */
export class ChallengeError extends DomainError {
  /** Value of `WWW-Authenticate`. */
  readonly challenge: string;
  /** Whether credentials were given, and refused. */
  readonly given: boolean;

  /**
   * @param metadata address of the channel's RFC 9728 document.
   * @param reason RFC 6750 error code; only when credentials were given.
   */
  constructor(
    code: Extract<ProblemCode, "unauthenticated" | "forbidden">,
    detail: string,
    metadata: string,
    reason?: "invalid_token" | "insufficient_scope",
  ) {
    super(code, detail);
    this.given = reason !== undefined;
    const error = reason ? `, error="${reason}"` : "";
    this.challenge = `Bearer resource_metadata="${metadata}", scope="${readScope}"${error}`;
  }
}
