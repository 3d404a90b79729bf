import { Globe, KeyRound, Link2, type LucideIcon } from "lucide-react";
import type { ChannelAudience } from "#lib/channels/view.ts";

/** What each audience means, in the words of the console. */
export const audiences: Record<ChannelAudience, { label: string; icon: LucideIcon; explanation: string }> = {
  anonymous: {
    label: "Anonymous",
    icon: Globe,
    explanation: "Everybody who reaches this registry reads it. Works with every client; nobody is told apart.",
  },
  capability: {
    label: "Secret address",
    icon: Link2,
    explanation:
      "Whoever has the address reads it. For clients that cannot send credentials, such as VS Code and Copilot. The address is the key: it can be rotated, but it shows up in the settings and logs of those who use it.",
  },
  token: {
    label: "Token",
    icon: KeyRound,
    explanation:
      "Only requests with an API token made for this channel. Each reader is known by name, and one can be shut out without the others.",
  },
};
