import type { z } from "zod";
import type { TokenScope } from "#lib/core/context.ts";
import type { ProblemCode } from "#lib/core/errors.ts";

/** Whom a person must be, one of them; what exactly that allows is the verb's to say. `member` is everybody signed in. */
export type CallerRole = "member" | "admin" | "owner" | "reviewer" | "publisher" | "auditor" | "uploader";

/** A body that is not JSON. */
export type OtherBody = { mediaType: string };

/** What the document of the API says of an operation beyond its declaration. Held to the truth by `lib/api-docs`. */
export type RouteDescription<View> = {
  /** Unique in the document. */
  id: string;
  summary: string;
  /** One of these roles; left out where no person is needed. */
  person?: readonly CallerRole[];
  /** An API token with one of these scopes may, too; `[]` for any token. Left out: no token ever. */
  token?: readonly TokenScope[];
  /** What the verb parses with, where the declaration's own `input` lets everything through. Without path parameters. */
  takes?: z.ZodType;
  /** By status: the view's shape (one of `lib/api-docs/shapes`), another kind of body, or null for no body. */
  answers: Readonly<Record<number, z.ZodType<NoInfer<View>> | OtherBody | null>>;
  /** What the verb refuses with, beyond what every route may answer. */
  problems?: readonly ProblemCode[];
};
