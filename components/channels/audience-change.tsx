import type { ChannelAudience } from "#lib/channels/view.ts";
import { Banner } from "../ui/banner.tsx";

/** Before it is saved, what another audience means for those who read the channel now. */
export function AudienceChange({ from, to }: { from: ChannelAudience; to: ChannelAudience }) {
  if (from === to) return null;
  if (to === "token")
    return (
      <Banner tone="pending" title="Clients without a token are shut out">
        Whoever reads it now gets 401 within a second, until they send an API token made for this channel.
      </Banner>
    );
  return (
    <Banner tone="pending" title="Everybody will read it">
      Tokens are no longer asked for or looked at: readers are not told apart from then on.
    </Banner>
  );
}
