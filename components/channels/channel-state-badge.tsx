import { Badge } from "../ui/badge.tsx";

/** Whether a channel answers. */
export function ChannelStateBadge({ disabledAt }: { disabledAt: string | null }) {
  return disabledAt === null ? <Badge tone="approved">Answers</Badge> : <Badge tone="expired">Disabled</Badge>;
}
