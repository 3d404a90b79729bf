"use client";

import { useState } from "react";
import type { GrantView } from "#lib/access/view.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { FormGroup } from "./form-group.tsx";
import { type GrantChoice, noGrants, type Reach, toGrantChoice, toGrants } from "./grant-choice.ts";
import { ReachField } from "./reach-field.tsx";

/** The roles of a person, as part of an `ActionForm`: sent as JSON in the field `grants`. */
export function GrantFields({ grants, namespaces }: { grants?: GrantView[]; namespaces: string[] }) {
  const [choice, setChoice] = useState<GrantChoice>(grants ? toGrantChoice(grants) : noGrants);
  const change = (part: Partial<GrantChoice>) => setChoice((before) => ({ ...before, ...part }));
  const reach = (role: "reviewer" | "publisher") => ({
    reach: choice[role],
    namespaces,
    onChange: (next: Reach) => change({ [role]: next }),
  });
  return (
    <FormGroup legend="Roles" name="grants" hint="Someone without a role can sign in and read, nothing else.">
      <input type="hidden" name="grants" value={JSON.stringify(toGrants(choice))} />
      <Checkbox
        label="Administrator"
        hint="People, namespaces, publisher rules, trust. Does not review by itself."
        checked={choice.admin}
        onChange={(event) => change({ admin: event.target.checked })}
      />
      <Checkbox
        label="Auditor"
        hint="Reads the ledger, the refusals and every version; changes nothing."
        checked={choice.auditor}
        onChange={(event) => change({ auditor: event.target.checked })}
      />
      <ReachField label="Reviewer" hint="Approves or rejects what others publish." {...reach("reviewer")} />
      <ReachField label="Publisher" hint="Uploads versions that a publisher rule accepts." {...reach("publisher")} />
    </FormGroup>
  );
}
