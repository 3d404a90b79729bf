import { Pencil } from "lucide-react";
import Link from "next/link";
import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { AudienceBadge } from "#components/channels/audience-badge.tsx";
import { channelPath } from "#components/channels/channel-path.ts";
import { ChannelStateBadge } from "#components/channels/channel-state-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ChannelView } from "#lib/channels/view.ts";
import { config } from "#lib/config/index.ts";
import { disableChannelAction, enableChannelAction } from "../../actions.ts";

type ChannelHeaderProps = { channel: ChannelView; mayChange: boolean; now: Date };

/** Name, audience and state of a channel, with what can be done about it. */
export function ChannelHeader({ channel, mayChange, now }: ChannelHeaderProps) {
  const { slug, label, audience, disabledAt, serveV0 } = channel;
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/channels", label: "Channels" }]}
        title={<VisibleText text={label} />}
        description={
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <code className="font-mono text-sm">{slug}</code>
            <AudienceBadge audience={audience} />
            {serveV0 ? <Badge>also v0</Badge> : null}
            <ChannelStateBadge disabledAt={disabledAt} />
          </span>
        }
        actions={
          mayChange ? (
            <>
              <Button asChild>
                <Link href={`${channelPath(slug)}/edit`}>
                  <Pencil aria-hidden="true" /> Edit
                </Link>
              </Button>
              {disabledAt === null ? <Disable channel={channel} /> : <Enable channel={channel} />}
            </>
          ) : undefined
        }
      />
      {disabledAt === null ? null : (
        <Banner tone="expired" title="Disabled: nobody reads this channel" className="mb-6">
          Since <Time at={disabledAt} now={now} /> every address of it answers 404, as if there had never been one.
        </Banner>
      )}
      {audience === "anonymous" && !config().anonymousRead ? (
        <Banner tone="pending" title="This installation is closed to anonymous readers" className="mb-6">
          ANONYMOUS_READ is off: every anonymous channel answers 403, whatever is set here. Its operator can change
          that.
        </Banner>
      ) : null}
    </>
  );
}

function Disable({ channel: { slug, label } }: { channel: ChannelView }) {
  return (
    <ConfirmAction
      trigger="Disable"
      size="md"
      title={`Disable “${label}”?`}
      description={
        slug === "default"
          ? "Within a second /v0.1 answers 404 to everybody, and visitors who are not signed in see no catalogue. Other channels go on. It can be enabled again."
          : "Within a second every address of this channel answers 404. Clients that read it find nothing; other channels go on. It can be enabled again, with the same addresses."
      }
      confirm="Disable channel"
      danger
      action={disableChannelAction}
      values={{ slug }}
      done="Channel disabled"
    />
  );
}

function Enable({ channel: { slug, label } }: { channel: ChannelView }) {
  return (
    <ConfirmAction
      trigger="Enable"
      size="md"
      variant="primary"
      title={`Enable “${label}”?`}
      description="It answers again within a second, at the addresses it had, with what its selection shows now."
      confirm="Enable channel"
      action={enableChannelAction}
      values={{ slug }}
      done="Channel enabled"
    />
  );
}
