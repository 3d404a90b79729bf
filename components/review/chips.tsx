import {
  FileWarning,
  Globe,
  Lock,
  type LucideIcon,
  Megaphone,
  PinOff,
  Sparkles,
  TrendingUp,
  UserRoundPen,
} from "lucide-react";
import type { ReviewChip } from "#lib/reviews/view.ts";
import { Badge } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";

const looks: Record<ReviewChip, { label: string; tone: Tone; icon: LucideIcon }> = {
  "first-version": { label: "First version", tone: "info", icon: Sparkles },
  "new-host": { label: "New host", tone: "pending", icon: Globe },
  "new-secret": { label: "New secret", tone: "pending", icon: Lock },
  "signer-changed": { label: "Signer changed", tone: "revoked", icon: UserRoundPen },
  unpinned: { label: "Unpinned", tone: "unpinned", icon: PinOff },
  "major-jump": { label: "Major jump", tone: "pending", icon: TrendingUp },
  claims: { label: "Claims", tone: "info", icon: Megaphone },
  warnings: { label: "Warnings", tone: "pending", icon: FileWarning },
};

/** What deserves a second look, at a glance. */
export function ReviewChips({ chips }: { chips: ReviewChip[] }) {
  if (chips.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label="Needs a closer look">
      {chips.map((chip) => (
        <li key={chip} className="flex">
          <Badge tone={looks[chip].tone} icon={looks[chip].icon}>
            {looks[chip].label}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
