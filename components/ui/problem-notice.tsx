import Link from "next/link";
import { Banner } from "./banner.tsx";

/** What a refused action answers with: the public members of a problem document. */
export type ProblemShown = {
  title: string;
  detail: string;
  code: string;
  requestId: string;
  errors?: { pointer: string; detail: string }[];
};

/** A refusal in a form: what happened, every problem at its place, where to read more, and what to quote to support. */
export function ProblemNotice({ problem }: { problem: ProblemShown }) {
  return (
    <Banner tone="revoked" title={problem.title} live>
      <p>{problem.detail}</p>
      {problem.errors && problem.errors.length > 0 ? (
        <ul className="mt-1 list-disc pl-5">
          {problem.errors.map((error) => (
            <li key={`${error.pointer} ${error.detail}`}>
              {error.pointer ? <code className="font-mono text-sm">{error.pointer}</code> : null} {error.detail}
            </li>
          ))}
        </ul>
      ) : null}
      <p className="mt-1 text-sm text-muted">
        <Link href={`/problems/${problem.code}`} className="underline">
          What this means
        </Link>{" "}
        · request {problem.requestId}
      </p>
    </Banner>
  );
}
