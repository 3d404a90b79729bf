import { z } from "zod";
import { PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { requestIdForm } from "#lib/http/traffic/request-id.ts";

/** Every refusal, whoever gives it. */
export const Problem = z
  .looseObject({
    type: z.url().describe("A page that explains it."),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    requestId: z.string().regex(requestIdForm),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().describe("RFC 6901, into the input."),
          detail: z.string(),
          code: z.string().optional(),
        }),
      )
      .optional(),
  })
  .describe("RFC 9457");
