import { KeyRound } from "lucide-react";
import Link from "next/link";
import { audiences } from "#components/channels/audience.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { CommandBlock } from "#components/ui/command-block.tsx";
import { defaultSlug } from "#lib/channels/index.ts";
import type { ChannelView } from "#lib/channels/view.ts";
import { RotateSecret } from "./rotate-secret.tsx";
import { SecretTable } from "./secret-table.tsx";

type AddressCardProps = { channel: ChannelView; base: string; mayChange: boolean; now: Date };

/** Where the channel answers and what is needed to read it. */
export function AddressCard({ channel, base, mayChange, now }: AddressCardProps) {
  const { audience, slug } = channel;
  const secret = audience === "capability";
  return (
    <Card title="Address" actions={secret && mayChange ? <RotateSecret slug={slug} /> : null} flush>
      <div className="grid gap-3 px-4 py-4 sm:px-5">
        <CommandBlock command={base} label="address" />
        <p className="max-w-prose text-sm text-muted">
          {audiences[audience].explanation}
          {slug === defaultSlug && audience === "anonymous"
            ? " Visitors of these pages who are not signed in see exactly this channel."
            : null}
          {secret ? " The secret was shown when it was made; whoever lost it needs a new one." : null}
        </p>
        {audience === "token" && channel.disabledAt === null ? (
          <div>
            <Button asChild size="sm">
              <Link href={`/tokens/new?channel=${encodeURIComponent(slug)}`}>
                <KeyRound aria-hidden="true" /> Make a token for it
              </Link>
            </Button>
          </div>
        ) : null}
      </div>
      {secret ? <SecretTable slug={slug} secrets={channel.secrets} mayChange={mayChange} now={now} /> : null}
    </Card>
  );
}
