"use client";

import { useState } from "react";
import { FormField } from "#components/admin/form-field.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { ChannelFields, type TokenChannel } from "./channel-fields.tsx";
import { NamespaceFields } from "./namespace-fields.tsx";
import { type Scope, ScopeFields } from "./scope-fields.tsx";

export type TokenFieldsProps = {
  namespaces: string[];
  /** Channels that are read with a token. */
  channels: TokenChannel[];
  /** Slug of the channel it is to be for, where that is known already. */
  channel: string | null;
  mayMakeRobots: boolean;
  mayGiveAudit: boolean;
};

/** What a token is called, what it may do and how long. */
export function TokenFields({ namespaces, channels, channel, mayMakeRobots, mayGiveAudit }: TokenFieldsProps) {
  const known = channels.find(({ slug }) => slug === channel);
  const [robot, setRobot] = useState(mayMakeRobots && known?.openToPeople === false);
  const [chosen, setChosen] = useState<Scope[]>(known ? ["resolve"] : ["read"]);
  const offered: Scope[] = ["read", "publish"];
  if (mayGiveAudit) offered.push("audit");
  if (channels.length > 0) offered.push("resolve");
  return (
    <>
      <FormField name="label" label="Label" hint="What it is for: people read it in the audit.">
        <Input required maxLength={80} placeholder="release pipeline of weather" autoComplete="off" />
      </FormField>
      {mayMakeRobots ? (
        <Checkbox
          name="robot"
          label="For a robot"
          hint="Belongs to nobody, so it goes on when people leave. You, who see the secret, cannot approve what it publishes."
          checked={robot}
          onChange={(event) => setRobot(event.target.checked)}
        />
      ) : null}
      <ScopeFields offered={offered} chosen={chosen} onChange={setChosen} />
      {chosen.some((scope) => scope !== "resolve") ? <NamespaceFields namespaces={namespaces} robot={robot} /> : null}
      {chosen.includes("resolve") ? <ChannelFields channels={channels} robot={robot} chosen={channel} /> : null}
      <FormField name="expiresInDays" label="Valid for" hint="It ends by itself; make the next one before.">
        <Select defaultValue="90">
          <option value="7">7 days</option>
          <option value="30">30 days</option>
          <option value="90">90 days</option>
          <option value="180">180 days</option>
          <option value="365">1 year</option>
        </Select>
      </FormField>
    </>
  );
}
