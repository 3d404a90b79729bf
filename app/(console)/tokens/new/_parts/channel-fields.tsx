"use client";

import { FormGroup } from "#components/admin/form-group.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";

/** A channel that is read with a token, and whether people may make such tokens for themselves. */
export type TokenChannel = { slug: string; label: string; openToPeople: boolean };

type ChannelFieldsProps = { channels: TokenChannel[]; robot: boolean; chosen: string | null };

/** The channels a token reads. Those that are for robots alone are offered for robots alone. */
export function ChannelFields({ channels, robot, chosen }: ChannelFieldsProps) {
  const offered = channels.filter(({ openToPeople }) => robot || openToPeople);
  return (
    <FormGroup
      legend="Channels"
      name="channels"
      hint={offered.length < channels.length ? "Others are for robots, which administrators make." : undefined}
    >
      <div className="grid max-h-60 gap-2 overflow-y-auto rounded-md border border-line bg-sunken p-3">
        {offered.length === 0 ? <p className="text-sm text-muted">There is no channel for you yet.</p> : null}
        {offered.map(({ slug, label }) => (
          <Checkbox
            key={slug}
            name="channels[]"
            value={slug}
            defaultChecked={slug === chosen}
            label={
              <>
                <VisibleText text={label} /> <code className="font-mono text-sm text-muted">{slug}</code>
              </>
            }
          />
        ))}
      </div>
    </FormGroup>
  );
}
