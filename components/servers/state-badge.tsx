import { Ban, CircleDashed, CircleX, Clock, Hourglass, type LucideIcon, PauseCircle, Stamp, Undo2 } from "lucide-react";
import type { ShownState } from "#lib/versions/view.ts";
import { Badge } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";

const looks: Record<ShownState, { label: string; tone: Tone; icon: LucideIcon }> = {
  pending: { label: "Pending review", tone: "pending", icon: Hourglass },
  approved: { label: "Countersigned", tone: "approved", icon: Stamp },
  rejected: { label: "Rejected", tone: "revoked", icon: CircleX },
  withdrawn: { label: "Withdrawn", tone: "neutral", icon: Undo2 },
  quarantined: { label: "Quarantined", tone: "pending", icon: PauseCircle },
  revoked: { label: "Revoked", tone: "revoked", icon: Ban },
  expired: { label: "Expired", tone: "expired", icon: Clock },
};

/** State of a version, in words. A deprecated one says so beside it. */
export function StateBadge({ state, deprecated }: { state: ShownState; deprecated?: boolean }) {
  const { label, tone, icon } = looks[state];
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge tone={tone} icon={icon}>
        {label}
      </Badge>
      {deprecated ? (
        <Badge tone="expired" icon={CircleDashed}>
          Deprecated
        </Badge>
      ) : null}
    </span>
  );
}
