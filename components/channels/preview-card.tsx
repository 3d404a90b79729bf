"use client";

import { CircleMinus, CirclePlus, type LucideIcon } from "lucide-react";
import type { ServerSetView } from "#lib/channels/view.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { ProblemNotice, type ProblemShown } from "../ui/problem-notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { countServers, ServerNames } from "./server-names.tsx";
import type { PreviewState } from "./use-preview.ts";

type PreviewCardProps = PreviewState & {
  retry: () => void;
  /** A channel that answers already: what disappears there was seen by clients. */
  existing: boolean;
  /** The rows say themselves what is wrong with them. */
  toldAtRows: boolean;
};

/** What a selection would show, and what that changes, before it is saved. */
export function PreviewCard({ preview, problem, pending, retry, existing, toldAtRows }: PreviewCardProps) {
  return (
    <Card
      title="Before you save"
      description="Servers of which a version resolves now"
      actions={pending ? <Comparing /> : null}
    >
      <div className="grid gap-4" aria-busy={pending}>
        {problem ? (
          <Refused problem={problem} retry={retry} toldAtRows={toldAtRows} />
        ) : preview ? (
          <>
            <p role="status">
              The channel will show <strong className="font-semibold">{countServers(preview.total)}</strong>.
            </p>
            {existing ? (
              <>
                <Change icon={CirclePlus} title="Appear" tone="text-approved" set={preview.appear} />
                <Change icon={CircleMinus} title="Disappear" tone="text-revoked" set={preview.disappear}>
                  Clients that keep a copy are told that they left; everybody else finds nothing there.
                </Change>
              </>
            ) : (
              <ServerNames set={preview.appear} />
            )}
          </>
        ) : (
          <Waiting />
        )}
      </div>
    </Card>
  );
}

type RefusedProps = { problem: ProblemShown; retry: () => void; toldAtRows: boolean };

function Refused({ problem, retry, toldAtRows }: RefusedProps) {
  if (toldAtRows) return <p className="text-muted">Compared again once the rows are right.</p>;
  return (
    <div className="grid justify-items-start gap-3">
      <ProblemNotice problem={problem} />
      <Button size="sm" onClick={retry}>
        Compare again
      </Button>
    </div>
  );
}

function Comparing() {
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-muted">
      <Spinner /> Comparing
    </span>
  );
}

function Waiting() {
  return (
    <div className="grid gap-3">
      <Skeleton className="h-5 w-56" />
      <Skeleton className="h-4 w-40" />
    </div>
  );
}

type ChangeProps = { icon: LucideIcon; title: string; tone: string; set: ServerSetView; children?: React.ReactNode };

function Change({ icon: Icon, title, tone, set, children }: ChangeProps) {
  return (
    <section className="grid gap-1.5">
      <h3 className="flex items-center gap-1.5 text-sm font-medium">
        <Icon aria-hidden="true" className={cn("size-4", set.total > 0 ? tone : "text-faint")} />
        {title}: {set.total === 0 ? "none" : countServers(set.total)}
      </h3>
      {children && set.total > 0 ? <p className="text-sm text-muted">{children}</p> : null}
      <ServerNames set={set} />
    </section>
  );
}
