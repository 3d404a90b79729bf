"use client";

import { FormGroup } from "#components/admin/form-group.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";

export type Scope = "read" | "publish" | "audit" | "resolve";

const scopes: [scope: Scope, label: string, hint: string][] = [
  ["read", "Read", "Versions and their state, beyond the public catalogue."],
  ["publish", "Publish", "Upload signed versions; withdraw what it uploaded."],
  ["audit", "Audit", "Read the ledger and the refusals, and export them."],
  ["resolve", "Resolve", "Read the channels ticked below as a client does, and nothing else of the registry."],
];

type ScopeFieldsProps = { offered: Scope[]; chosen: Scope[]; onChange: (chosen: Scope[]) => void };

/** What a token may do, of that which the one who makes it may give. */
export function ScopeFields({ offered, chosen, onChange }: ScopeFieldsProps) {
  return (
    <FormGroup legend="It may" name="scopes">
      {scopes
        .filter(([scope]) => offered.includes(scope))
        .map(([scope, label, hint]) => (
          <Checkbox
            key={scope}
            name="scopes[]"
            value={scope}
            label={label}
            hint={hint}
            checked={chosen.includes(scope)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, scope] : chosen.filter((other) => other !== scope))
            }
          />
        ))}
    </FormGroup>
  );
}
