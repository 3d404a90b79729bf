"use client";

import { useRouter } from "next/navigation";
import { ChannelForm } from "#components/channels/channel-form.tsx";
import { channelPath } from "#components/channels/channel-path.ts";
import type { Suggestions } from "#components/channels/selection-field.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ProblemShown } from "#components/ui/problem-notice.tsx";
import { toast } from "#components/ui/toast-store.ts";
import type { ChannelAudience, ChannelView } from "#lib/channels/view.ts";
import { previewSelectionAction, updateChannelAction } from "../../../actions.ts";

type EditChannelProps = { channel: ChannelView; suggestions: Suggestions; closed: boolean };

/** Changes a channel, starting from the edition that was read. */
export function EditChannel({ channel, suggestions, closed }: EditChannelProps) {
  const router = useRouter();
  const finish = () => {
    toast({ tone: "approved", title: "Channel saved" });
    router.push(channelPath(channel.slug));
  };
  return (
    <ChannelForm
      action={updateChannelAction}
      preview={previewSelectionAction}
      channel={channel}
      offered={offeredTo(channel)}
      suggestions={suggestions}
      closed={closed}
      submit="Save"
      onDone={finish}
      explain={(problem) =>
        problem.code === "conflict" ? <EditionConflict problem={problem} slug={channel.slug} /> : null
      }
    />
  );
}

function offeredTo({ audience }: ChannelView): ChannelAudience[] {
  return audience === "capability" ? ["capability"] : ["anonymous", "token"];
}

function EditionConflict({ problem, slug }: { problem: ProblemShown; slug: string }) {
  const router = useRouter();
  return (
    <Banner
      tone="pending"
      title="Somebody else changed this channel in the meantime"
      live
      actions={
        <>
          <Button asChild size="sm">
            <a href={channelPath(slug)} target="_blank" rel="noopener">
              See theirs in another tab
            </a>
          </Button>
          <Button size="sm" onClick={() => router.refresh()}>
            Start over from what is there now
          </Button>
        </>
      }
    >
      Nothing of yours was saved, and nothing of theirs was lost. Starting over drops what you entered here.
      <span className="mt-1 block text-sm text-muted">request {problem.requestId}</span>
    </Banner>
  );
}
