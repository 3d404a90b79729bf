"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { ShownOnce } from "#components/admin/shown-once.tsx";
import { channelPath } from "#components/channels/channel-path.ts";
import { RecipeList } from "#components/channels/recipe-list.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { CreatedChannelView } from "#lib/channels/view.ts";

/** The secret address of a channel that was just made, and what to do with it. */
export function CreatedChannel({ channel }: { channel: CreatedChannelView }) {
  const { slug, label, address, audience } = channel;
  const top = useRef<HTMLDivElement>(null);
  // The form that held the focus is gone, and the page is shorter.
  useEffect(() => top.current?.focus(), []);
  return (
    <div ref={top} tabIndex={-1} className="grid max-w-3xl gap-6 outline-none [&>header]:mb-0">
      <PageHeader
        crumbs={[{ href: "/channels", label: "Channels" }]}
        title={<VisibleText text={`Channel “${label}” answers`} />}
        description="Keep its address before you leave this page: the registry cannot show it again."
      />
      <Card title="Its address">
        <ShownOnce secret={address} label="address">
          <p>Give it to those who are to read the channel. Whoever has it, reads it.</p>
        </ShownOnce>
      </Card>
      <Card title="How clients connect">
        <RecipeList base={address} audience={audience} />
      </Card>
      <div>
        <Button asChild variant="primary">
          <Link href={channelPath(slug)}>I have kept it: to the channel</Link>
        </Button>
      </div>
    </div>
  );
}
