"use client";

import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/input.tsx";
import type { Reach } from "./grant-choice.ts";

type ReachFieldProps = {
  label: string;
  hint: string;
  reach: Reach;
  namespaces: string[];
  onChange: (reach: Reach) => void;
};

/** Where a role applies: nowhere, everywhere, or in the namespaces ticked. */
export function ReachField({ label, hint, reach, namespaces, onChange }: ReachFieldProps) {
  return (
    <div className="grid gap-2">
      <Field label={label} hint={hint}>
        <Select
          value={reach.mode}
          onChange={(event) => onChange({ ...reach, mode: event.target.value as Reach["mode"] })}
        >
          <option value="none">No</option>
          <option value="all">In every namespace</option>
          <option value="some">Only in these namespaces</option>
        </Select>
      </Field>
      {reach.mode === "some" ? <NamespaceChoice {...{ label, reach, namespaces, onChange }} /> : null}
    </div>
  );
}

function NamespaceChoice({ label, reach, namespaces, onChange }: Omit<ReachFieldProps, "hint">) {
  const known = [...new Set([...namespaces, ...reach.names])].sort();
  if (known.length === 0) return <p className="text-sm text-muted">There is no namespace yet.</p>;
  const toggle = (name: string, on: boolean) =>
    onChange({ ...reach, names: on ? [...reach.names, name] : reach.names.filter((other) => other !== name) });
  return (
    <fieldset className="max-h-48 overflow-y-auto rounded-md border border-line bg-sunken p-3">
      <legend className="sr-only">{label} in these namespaces</legend>
      <div className="grid gap-2">
        {known.map((name) => (
          <Checkbox
            key={name}
            label={<span className="font-mono text-sm [overflow-wrap:anywhere]">{name}</span>}
            checked={reach.names.includes(name)}
            onChange={(event) => toggle(name, event.target.checked)}
          />
        ))}
      </div>
    </fieldset>
  );
}
