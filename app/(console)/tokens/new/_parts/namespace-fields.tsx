"use client";

import { useState } from "react";
import { FormGroup } from "#components/admin/form-group.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";

/** Every namespace of the owner, or only the ticked ones. A robot has no owner: its namespaces are always named. */
export function NamespaceFields({ namespaces, robot }: { namespaces: string[]; robot: boolean }) {
  const [everywhere, setEverywhere] = useState(true);
  const all = everywhere && !robot;
  return (
    <FormGroup legend="Where" name="namespaces">
      {robot ? null : (
        <Checkbox
          name="namespaces[]"
          value="*"
          label="Every namespace you may use"
          hint="Also ones you are given later."
          checked={everywhere}
          onChange={(event) => setEverywhere(event.target.checked)}
        />
      )}
      {all ? null : (
        <div className="grid max-h-60 gap-2 overflow-y-auto rounded-md border border-line bg-sunken p-3">
          {namespaces.length === 0 ? <p className="text-sm text-muted">There is no namespace for you yet.</p> : null}
          {namespaces.map((name) => (
            <Checkbox
              key={name}
              name="namespaces[]"
              value={name}
              label={<span className="font-mono text-sm [overflow-wrap:anywhere]">{name}</span>}
            />
          ))}
        </div>
      )}
    </FormGroup>
  );
}
