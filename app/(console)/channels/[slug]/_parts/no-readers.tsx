import { BookOpen } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ChannelView } from "#lib/channels/view.ts";

/** Says what would be counted here. */
export function NoReaders({ channel: { audience } }: { channel: ChannelView }) {
  return (
    <EmptyState icon={BookOpen} title="Nobody yet">
      {audience === "anonymous"
        ? "Each time a client resolves a version here it is counted, for all readers together: nobody is told apart."
        : audience === "token"
          ? "Each time a client resolves a version here it is counted for the token it shows."
          : "Each time a client resolves a version here it is counted for the address it uses, whoever that is."}
    </EmptyState>
  );
}
