import { CircleCheck } from "lucide-react";
import type { ValidationIssue } from "#lib/manifest/view.ts";
import { Badge } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";
import { VisibleText } from "../ui/visible-text.tsx";

const tones: Record<ValidationIssue["severity"], Tone> = { error: "revoked", warning: "pending", info: "info" };

/** Everything the official rules say about the manifest. */
export function ValidationList({ issues }: { issues: ValidationIssue[] }) {
  if (issues.length === 0)
    return (
      <p className="flex items-center gap-2">
        <CircleCheck aria-hidden="true" className="size-4 text-approved" />
        The manifest follows the official rules; nothing to remark.
      </p>
    );
  return (
    <ul className="divide-y divide-line">
      {issues.map((issue) => (
        <li key={`${issue.pointer} ${issue.code}`} className="flex flex-wrap gap-x-3 gap-y-1 py-2 first:pt-0 last:pb-0">
          <Badge tone={tones[issue.severity]}>{issue.severity}</Badge>
          <div className="min-w-0 grow basis-60">
            <VisibleText text={issue.message} />
            <p className="font-mono text-sm text-muted">
              <VisibleText text={issue.pointer || "/"} /> · {issue.code}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
