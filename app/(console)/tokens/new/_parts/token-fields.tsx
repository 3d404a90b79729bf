"use client";

import { useState } from "react";
import { FormField } from "#components/admin/form-field.tsx";
import { FormGroup } from "#components/admin/form-group.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { NamespaceFields } from "./namespace-fields.tsx";

export type TokenFieldsProps = { namespaces: string[]; mayMakeRobots: boolean; mayGiveAudit: boolean };

/** What a token is called, what it may do and how long. */
export function TokenFields({ namespaces, mayMakeRobots, mayGiveAudit }: TokenFieldsProps) {
  const [robot, setRobot] = useState(false);
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
      <FormGroup legend="It may" name="scopes">
        <Checkbox
          name="scopes[]"
          value="read"
          defaultChecked
          label="Read"
          hint="Versions and their state, beyond the public catalogue."
        />
        <Checkbox
          name="scopes[]"
          value="publish"
          label="Publish"
          hint="Upload signed versions; withdraw what it uploaded."
        />
        {mayGiveAudit ? (
          <Checkbox
            name="scopes[]"
            value="audit"
            label="Audit"
            hint="Read the ledger and the refusals, and export them."
          />
        ) : null}
      </FormGroup>
      <NamespaceFields namespaces={namespaces} robot={robot} />
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
