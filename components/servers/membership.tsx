import Link from "next/link";
import type { ReactNode } from "react";
import type { ServerChannelsView } from "#lib/channels/view.ts";
import { audiences } from "../channels/audience.ts";
import { channelPath } from "../channels/channel-path.ts";
import { Badge } from "../ui/badge.tsx";
import { Unfold } from "../ui/unfold.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

type MembershipProps = {
  membership: ServerChannelsView;
  /** Whether the channels' pages open for the one who looks. */
  mayOpen: boolean;
  /** The way to change the tags, for those who may. */
  edit?: ReactNode;
};

/** The channels that show a server, and the tags by which channels can select it. */
export function Membership({ membership: { channels, tags }, mayOpen, edit }: MembershipProps) {
  return (
    <dl className="grid gap-x-4 gap-y-2 border-y border-line py-3 text-sm sm:grid-cols-[5rem_minmax(0,1fr)]">
      <dt className="text-muted">Channels</dt>
      <dd className="grid min-w-0 gap-1.5">
        {channels.length === 0 ? <span>None: clients do not get this server.</span> : null}
        <Unfold items={channels} first={12} noun="channels">
          {(some) => (
            <span className="flex flex-wrap items-center gap-1.5">
              {some.map((channel) => (
                <Channel key={channel.slug} channel={channel} linked={mayOpen} />
              ))}
            </span>
          )}
        </Unfold>
      </dd>
      <dt className="text-muted">Tags</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-1.5">
        {tags.length === 0 ? <span className="text-muted">None</span> : null}
        {tags.map((tag) => (
          <Badge key={tag} className="font-mono">
            {tag}
          </Badge>
        ))}
        {edit}
      </dd>
    </dl>
  );
}

function Channel({ channel, linked }: { channel: ServerChannelsView["channels"][number]; linked: boolean }) {
  const { label, icon } = audiences[channel.audience];
  const chip = (
    <Badge icon={icon} className="max-w-full whitespace-normal text-ink">
      <span className="sr-only">{label} channel</span> <VisibleText text={channel.label} />
    </Badge>
  );
  if (!linked) return chip;
  return (
    <Link href={channelPath(channel.slug)} title={channel.slug} className="rounded-sm hover:underline">
      {chip}
    </Link>
  );
}
