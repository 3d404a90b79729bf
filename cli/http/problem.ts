import { z } from "zod";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { raw, type SafeText, safe } from "../terminal/safe-text.ts";
import type { Answer } from "./request.ts";

const Problem = z.looseObject({
  title: z.string().default(""),
  detail: z.string().default(""),
  code: z.string().default("refused"),
  requestId: z.string().optional(),
  errors: z
    .array(z.object({ pointer: z.string(), detail: z.string(), code: z.string().optional() }))
    .max(1000)
    .optional(),
});
type Problem = z.infer<typeof Problem>;

/** What a refused request means for the command: the registry's own words, escaped, with every field. */
export function toFailure(answer: Answer): Failure {
  if (answer.location !== null) return elsewhere(answer.location);
  const problem = readProblem(answer);
  const exit = toExit(answer.status);
  if (!problem) return new Failure(exit, `http-${answer.status}`, safe`The registry answered ${answer.status}.`);
  const { code, title, detail, requestId, errors = [], type: _type, status: _status, ...extensions } = problem;
  const text = detail === "" ? safe`${title}.` : safe`${detail}`;
  const lines: SafeText[] = [
    ...errors.map(
      (field) => safe`${field.pointer || "/"}  ${field.detail}${raw(field.code ? safe` (${field.code})` : safe``)}`,
    ),
    ...describeExtensions(extensions),
    ...hintFor(answer.status),
    ...(requestId ? [safe`request ${requestId}`] : []),
  ];
  const details = { status: answer.status, title, errors, requestId, ...extensions };
  return new Failure(exit, code, text, { lines, details });
}

/** A registry signs for one address alone, so another one is not followed but named. */
function elsewhere(location: string): Failure {
  const at = URL.canParse(location) ? new URL(location).origin : location;
  return new Failure(
    EXIT.usage,
    "registry-elsewhere",
    safe`The registry is not here. It points to ${at}: use that address.`,
  );
}

/** Members beside the standard ones: the failed check, and the verified identity with each of its claims. */
function describeExtensions(members: Record<string, unknown>, prefix = ""): SafeText[] {
  return Object.entries(members).flatMap(([key, value]) => {
    if (typeof value === "string" || typeof value === "number") return [safe`${prefix}${key}: ${value}`];
    const isNested = prefix === "" && typeof value === "object" && value !== null && !Array.isArray(value);
    return isNested ? describeExtensions(value as Record<string, unknown>, `${key} `) : [];
  });
}

function hintFor(status: number): SafeText[] {
  if (status === 401) return [safe`Sign in with: countersign login`];
  if (status === 421) return [safe`Use the address under which the registry was installed.`];
  return [];
}

function readProblem(answer: Answer): Problem | null {
  if (!/^application\/(problem\+)?json\b/.test(answer.contentType)) return null;
  try {
    const parsed = Problem.safeParse(JSON.parse(Buffer.from(answer.bytes).toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function toExit(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.notAllowed;
  if (status === 404) return EXIT.notFound;
  return status >= 400 && status < 500 && status !== 429 ? EXIT.refused : EXIT.unavailable;
}
