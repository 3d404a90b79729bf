import Link from "next/link";
import { AudienceBadge } from "#components/channels/audience-badge.tsx";
import { channelPath } from "#components/channels/channel-path.ts";
import { ChannelStateBadge } from "#components/channels/channel-state-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ChannelListItemView } from "#lib/channels/view.ts";

type ChannelTableProps = { channels: ChannelListItemView[]; mayOpen: boolean };

/** Channels with their addresses; of those with a secret address, that there is one. */
export function ChannelTable({ channels, mayOpen }: ChannelTableProps) {
  return (
    <Table caption="Channels" head={["Channel", "Address", "Audience", "Servers", "State"]}>
      {channels.map((channel) => (
        <Row key={channel.slug}>
          <Cell>
            <Name channel={channel} linked={mayOpen} />
          </Cell>
          <Cell label="Address" long>
            <Address channel={channel} />
          </Cell>
          <Cell label="Audience">
            <AudienceBadge audience={channel.audience} />
          </Cell>
          <Cell label="Servers" className="tabular-nums">
            {channel.servers.toLocaleString("en")}
          </Cell>
          <Cell label="State">
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
