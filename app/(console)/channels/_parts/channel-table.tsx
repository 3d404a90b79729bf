import Link from "next/link";
import { AudienceBadge } from "#components/channels/audience-badge.tsx";
import { channelPath } from "#components/channels/channel-path.ts";
import { ChannelStateBadge } from "#components/channels/channel-state-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ChannelListItemView } from "#lib/channels/view.ts";

type ChannelTableProps = { caption: string; channels: ChannelListItemView[]; mayOpen: boolean };

/** On a narrow screen: the name, the address, and all the rest in one line. */
const narrowRow = "flex flex-wrap items-center gap-x-4 py-2.5 sm:table-row";

/** Channels with their addresses; of those with a secret address, that there is one. */
export function ChannelTable({ caption, channels, mayOpen }: ChannelTableProps) {
  return (
    <Table caption={caption} head={["Channel", "Address", "Audience", "Servers", "State"]}>
      {channels.map((channel) => (
        <Row key={channel.slug} className={narrowRow}>
          <Cell className="basis-full">
            <Name channel={channel} linked={mayOpen} />
          </Cell>
          <Cell className="basis-full">
            <Address channel={channel} />
          </Cell>
          <Cell>
            <AudienceBadge audience={channel.audience} />
          </Cell>
          <Cell className="justify-start gap-1 tabular-nums">
            {channel.servers.toLocaleString("en")}
            <span className="text-sm text-muted sm:hidden">{channel.servers === 1 ? "server" : "servers"}</span>
          </Cell>
          <Cell>
            <ChannelStateBadge disabledAt={channel.disabledAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function Name({ channel: { slug, label }, linked }: { channel: ChannelListItemView; linked: boolean }) {
  return (
    <span className="grid min-w-0">
      {linked ? (
        <Link href={channelPath(slug)} className="font-medium text-accent hover:underline">
          <VisibleText text={label} />
        </Link>
      ) : (
        <VisibleText text={label} className="font-medium" />
      )}
      <code className="font-mono text-sm text-muted">{slug}</code>
    </span>
  );
}

function Address({ channel: { address, label, serveV0 } }: { channel: ChannelListItemView }) {
  return (
    <span className="flex flex-wrap items-center gap-x-1.5">
      {address === null ? (
        <span className="text-muted">Secret, shown when it was made</span>
      ) : (
        <span className="inline-flex items-center gap-1">
          <code className="font-mono text-sm [overflow-wrap:anywhere]">{address}</code>
          <CopyButton text={address} label={`Copy address of ${label}`} className="size-6 [&_svg]:size-3.5" />
        </span>
      )}
      {serveV0 ? <Badge>also v0</Badge> : null}
    </span>
  );
}
