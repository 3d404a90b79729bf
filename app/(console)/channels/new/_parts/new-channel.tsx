"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChannelForm } from "#components/channels/channel-form.tsx";
import { channelPath } from "#components/channels/channel-path.ts";
import type { Suggestions } from "#components/channels/selection-field.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { toast } from "#components/ui/toast-store.ts";
import type { CreatedChannelView } from "#lib/channels/view.ts";
import { createChannelAction, previewSelectionAction } from "../../actions.ts";
import { CreatedChannel } from "./created-channel.tsx";

/** The form; after it the channel's page or, where the address is a secret, the address, once. */
export function NewChannel({ suggestions, closed }: { suggestions: Suggestions; closed: boolean }) {
  const router = useRouter();
  const [made, setMade] = useState<CreatedChannelView | null>(null);
  if (made) return <CreatedChannel channel={made} />;
  const finish = (channel: CreatedChannelView) => {
    if (channel.audience === "capability") return setMade(channel);
    toast({ tone: "approved", title: "Channel created" });
    router.push(channelPath(channel.slug));
  };
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/channels", label: "Channels" }]}
        title="New channel"
        description="It answers as soon as it is made. Everything can be changed later, except its name in the address and whether that address is a secret."
      />
      <ChannelForm
        action={createChannelAction}
        preview={previewSelectionAction}
        channel={null}
        offered={["anonymous", "capability", "token"]}
        suggestions={suggestions}
        closed={closed}
        submit="Create channel"
        onDone={finish}
      />
    </>
  );
}
