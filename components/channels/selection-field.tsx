"use client";

import { useId } from "react";
import { FormGroup } from "../admin/form-group.tsx";
import { Radio } from "../ui/radio.tsx";
import { ClauseList } from "./clause-list.tsx";
import { type SelectionDraft, toSelection } from "./selection-draft.ts";

/** Names to offer while typing; what is not among them can be written all the same. */
export type Suggestions = { namespaces: string[]; servers: string[]; tags: string[] };

/** Of the choice between every server and some, which is not sent: the selection says it. */
export const reachName = "reach";

type SelectionFieldProps = {
  draft: SelectionDraft;
  onChange: (draft: SelectionDraft) => void;
  suggestions: Suggestions;
  /** What is wrong with a row, by the key of the row. */
  errors: { include: Map<number, string>; exclude: Map<number, string> };
};

/** Which servers a channel shows, as part of an `ActionForm`: sent as JSON in the field `selection`. */
export function SelectionField({ draft, onChange, suggestions, errors }: SelectionFieldProps) {
  const id = useId();
  const offers = { namespace: `${id}-namespaces`, server: `${id}-servers`, tag: `${id}-tags` };
  const change = (part: Partial<SelectionDraft>) => onChange({ ...draft, ...part });
  return (
    <FormGroup legend="Servers" name="selection" hint="Whole servers: every version of them that resolves.">
      <input type="hidden" name="selection" value={JSON.stringify(toSelection(draft))} />
      <Radio
        name={reachName}
        label="Every server"
        hint="Also those that are approved later."
        checked={draft.everything}
        onChange={() => change({ everything: true })}
      />
      <Radio
        name={reachName}
        label="Only servers that match"
        hint="Any row is enough; within a row everything must match."
        checked={!draft.everything}
        onChange={() => change({ everything: false })}
      />
      {draft.everything ? null : (
        <div className="sm:pl-7">
          <ClauseList
            label="Included"
            addLabel="Include more"
            rows={draft.include}
            errors={errors.include}
            offers={offers}
            onChange={(include) => change({ include })}
          />
        </div>
      )}
      <div className="mt-2 grid gap-2">
        <p className="text-base">
          But not <span className="text-sm text-muted">Wins over what is included.</span>
        </p>
        <ClauseList
          label="Excluded"
          addLabel="Exclude some"
          rows={draft.exclude}
          errors={errors.exclude}
          offers={offers}
          onChange={(exclude) => change({ exclude })}
        />
      </div>
      <Offers id={offers.namespace} names={suggestions.namespaces} />
      <Offers id={offers.server} names={suggestions.servers} />
      <Offers id={offers.tag} names={suggestions.tags} />
    </FormGroup>
  );
}

function Offers({ id, names }: { id: string; names: string[] }) {
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
