"use client";

import type { CrossedChannelView, TagPreviewView } from "#lib/channels/view.ts";
import { audiences } from "../channels/audience.ts";
import type { PreviewState } from "../session/use-preview.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { ChangeSection } from "../ui/change-section.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

type TagsPreviewProps = PreviewState<TagPreviewView, string>;

/** Which channels the server enters and leaves if these tags are saved, told before they are. */
export function TagsPreview({ preview, problem, pending, retry }: TagsPreviewProps) {
  return (
    <section
      aria-label="Before you save"
      aria-busy={pending}
      className="grid gap-3 rounded-md border border-line bg-sunken px-3 py-2.5"
    >
      <h3 className="flex items-center justify-between gap-2 text-sm font-medium">
        Before you save {pending ? <Spinner /> : null}
      </h3>
      <div role="status" className="grid gap-3">
        {problem ? (
          <Refused detail={problem.errors?.[0]?.detail ?? problem.detail} retry={retry} />
        ) : preview ? (
          <Outcome preview={preview} />
        ) : (
          <p className="text-sm text-muted">Comparing with the channels…</p>
        )}
      </div>
    </section>
  );
}

function Refused({ detail, retry }: { detail: string; retry: () => void }) {
  return (
    <div className="grid justify-items-start gap-2 text-sm">
      <p className="text-muted">Not compared: {detail}</p>
      <Button size="sm" onClick={retry}>
        Compare again
      </Button>
    </div>
  );
}

function Outcome({ preview: { changes, enters, leaves, total, resolvable } }: { preview: TagPreviewView }) {
  if (!changes) return <p className="text-sm text-muted">These are the tags it has. Saving changes nothing.</p>;
  if (enters.length + leaves.length === 0)
    return <p className="text-sm">No channel selects by these tags: clients notice nothing.</p>;
  return (
    <>
      <Crossed kind="added" title="Appears in" channels={enters} />
      <Crossed
        kind="removed"
        title="Leaves"
        channels={leaves}
        note="Clients that keep a copy are told that it left; everybody else finds nothing there."
      />
      {total === 0 ? (
        <Banner tone="pending" title="No channel would show it any more">
          No client could get this server.
        </Banner>
      ) : null}
      {resolvable ? null : (
        <p className="text-sm text-muted">No version of it resolves now: clients notice once one does.</p>
      )}
    </>
  );
}

type CrossedProps = { kind: "added" | "removed"; title: string; channels: CrossedChannelView[]; note?: string };

function Crossed({ channels, ...rest }: CrossedProps) {
  const count = channels.length === 0 ? null : channels.length === 1 ? "1 channel" : `${channels.length} channels`;
  return (
    <ChangeSection {...rest} count={count}>
      <ul className="grid gap-0.5 pl-5.5 text-sm">
        {channels.map(({ slug, label, audience, disabled }) => (
          <li key={slug}>
            <VisibleText text={label} className="font-medium" />{" "}
            <span className="text-muted">
              <code className="font-mono [overflow-wrap:anywhere]">{slug}</code>,{" "}
              {audiences[audience].label.toLowerCase()}
              {disabled ? ", disabled" : ""}
            </span>
          </li>
        ))}
      </ul>
    </ChangeSection>
  );
}
