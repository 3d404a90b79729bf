"use client";

import { FormGroup } from "#components/admin/form-group.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";

const usual = [
  { name: "push", hint: "A branch or tag was pushed." },
  { name: "release", hint: "A release was published." },
  { name: "workflow_dispatch", hint: "Somebody with write access started it by hand." },
  { name: "schedule", hint: "It ran by the clock." },
];

/** What may have started the workflow; events a prefilled rule brings along are offered too. */
export function TriggerFields({ triggers }: { triggers: string[] }) {
  const others = triggers.filter((name) => !usual.some((known) => known.name === name));
  return (
    <FormGroup
      legend="Started by"
      name="claims.triggers"
      hint="Never pull_request_target: it runs a stranger's code with this repository's identity."
    >
      {[...usual, ...others.map((name) => ({ name, hint: "As in the refused upload." }))].map(({ name, hint }) => (
        <Checkbox
          key={name}
          name="claims.triggers[]"
          value={name}
          defaultChecked={triggers.includes(name)}
          label={<code className="font-mono text-sm">{name}</code>}
          hint={hint}
        />
      ))}
    </FormGroup>
  );
}
