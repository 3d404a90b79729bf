import type { ChannelAudience } from "#lib/channels/view.ts";
import { Badge } from "../ui/badge.tsx";
import { audiences } from "./audience.ts";

/** Who may read a channel, in a word. */
export function AudienceBadge({ audience }: { audience: ChannelAudience }) {
  const { label, icon } = audiences[audience];
  return (
    <Badge icon={icon} tone={audience === "anonymous" ? "neutral" : "info"}>
      {label}
    </Badge>
  );
}
