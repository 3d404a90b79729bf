"use client";

import type { ChannelPreviewView, ServerSetView } from "#lib/channels/view.ts";
import type { PreviewState } from "../session/use-preview.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ChangeSection } from "../ui/change-section.tsx";
import { ProblemNotice, type ProblemShown } from "../ui/problem-notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Spinner } from "../ui/spinner.tsx";
import type { SelectionDraft } from "./selection-draft.ts";
import { countServers, ServerNames } from "./server-names.tsx";

type PreviewCardProps = PreviewState<ChannelPreviewView, SelectionDraft> & {
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
            {preview.total === 0 ? (
              <p className="text-sm text-muted">Clients would get an empty list until a server matches.</p>
            ) : null}
            {existing ? (
              <>
                <Change kind="added" title="Appear" set={preview.appear} />
                <Change
                  kind="removed"
                  title="Disappear"
                  set={preview.disappear}
                  note="Clients that keep a copy are told that they left; everybody else finds nothing there."
                />
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

type ChangeProps = { kind: "added" | "removed"; title: string; set: ServerSetView; note?: string };

function Change({ set, ...rest }: ChangeProps) {
  return (
    <ChangeSection {...rest} count={set.total === 0 ? null : countServers(set.total)}>
      <ServerNames set={set} />
    </ChangeSection>
  );
}
