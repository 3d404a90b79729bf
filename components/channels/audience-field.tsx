"use client";

import { useState } from "react";
import type { ChannelAudience } from "#lib/channels/view.ts";
import { FormGroup } from "../admin/form-group.tsx";
import { Banner } from "../ui/banner.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Radio } from "../ui/radio.tsx";
import { audiences } from "./audience.ts";
import { AudienceChange } from "./audience-change.tsx";

type AudienceFieldProps = {
  audience: ChannelAudience;
  /** Those that can be chosen; a channel cannot become or stop being one with a secret address. */
  offered: ChannelAudience[];
  /** What it was before; null for a new channel. */
  before: ChannelAudience | null;
  openToPeople: boolean;
  /** The installation answers no anonymous reader, whatever is chosen here. */
  closed: boolean;
  onChange: (audience: ChannelAudience) => void;
};

/** Who may read a channel, each choice with what it protects against. */
export function AudienceField({ audience, offered, before, openToPeople, closed, onChange }: AudienceFieldProps) {
  const [open, setOpen] = useState(openToPeople);
  return (
    <FormGroup legend="Who may read it" name="audience">
      {offered.length === 1 ? (
        <p className="text-base">
          {audiences[audience].label}
          <span className="block text-sm text-muted">
            This stays as it is: for other readers, make another channel.
          </span>
        </p>
      ) : null}
      {(offered.length === 1 ? [] : offered).map((kind) => (
        <Radio
          key={kind}
          name="audience"
          value={kind}
          label={audiences[kind].label}
          hint={audiences[kind].explanation}
          checked={kind === audience}
          onChange={() => onChange(kind)}
        />
      ))}
      {audience === "token" ? (
        <div className="sm:pl-7">
          <input type="hidden" name="openToPeople" value={String(open)} />
          <Checkbox
            checked={open}
            onChange={(event) => setOpen(event.target.checked)}
            label="People may make tokens for it themselves"
            hint={`Otherwise only administrators do, for robots.${before ? " Tokens that people made before then stop reading it." : ""}`}
          />
        </div>
      ) : null}
      {closed && audience === "anonymous" ? (
        <Banner tone="pending" title="This installation is closed to anonymous readers">
          As long as its operator keeps ANONYMOUS_READ off, the channel answers 403.
        </Banner>
      ) : null}
      {before ? <AudienceChange from={before} to={audience} /> : null}
    </FormGroup>
  );
}
