import { Pin as PinIcon, PinOff } from "lucide-react";
import { Badge } from "../ui/badge.tsx";

/** Whether what a version installs is fixed to one exact artifact. */
export function PinBadge({ status }: { status: "pinned" | "partial" | "unpinned" | "none" }) {
  if (status === "none") return null;
  if (status === "pinned")
    return (
      <Badge tone="neutral" icon={PinIcon}>
        Pinned
      </Badge>
    );
  return (
    <Badge tone="unpinned" icon={PinOff}>
      {status === "partial" ? "Partly unpinned" : "Unpinned"}
    </Badge>
  );
}
