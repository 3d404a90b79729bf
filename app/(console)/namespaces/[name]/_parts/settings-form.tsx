"use client";

import { type FormEvent, useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { ChangeOutcome } from "#components/admin/change-outcome.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import type { ChangeOutcomeView, NamespaceSummaryView } from "#lib/namespaces/view.ts";
import { updateNamespaceAction } from "../../actions.ts";
import { findLoosening, keepChanged, readSettings } from "./settings.ts";

/** Changes what approval asks for; says before sending what takes protection away. */
export function SettingsForm({ namespace }: { namespace: NamespaceSummaryView }) {
  const [loosening, setLoosening] = useState<string[]>([]);
  const [outcome, setOutcome] = useState<ChangeOutcomeView | null>(null);
  const compare = (event: FormEvent<HTMLDivElement>) => {
    const form = (event.target as HTMLInputElement).form;
    if (form) setLoosening(findLoosening(namespace, readSettings(new FormData(form), namespace)));
    setOutcome(null);
  };
  const finish = (next: ChangeOutcomeView) => {
    setOutcome(next);
    setLoosening([]);
  };
  return (
    <ActionForm
      action={updateNamespaceAction}
      values={{ name: namespace.name }}
      submit="Save"
      prepare={(form) => keepChanged(form, namespace)}
      onDone={finish}
      resets
    >
      <div onChange={compare} className="grid gap-4">
        <SettingsFields namespace={namespace} />
      </div>
      {loosening.length > 0 ? <LooseningNotice loosening={loosening} /> : null}
      {outcome ? <ChangeOutcome outcome={outcome} done="Saved and in force" /> : null}
    </ActionForm>
  );
}

function SettingsFields({ namespace }: { namespace: NamespaceSummaryView }) {
  return (
    <>
      <FormField
        name="requiredApprovals"
        label="Approvals"
        hint="Different people who must approve. Fewer is a loosening."
      >
        <Input
          type="number"
          required
          min={1}
          max={10}
          defaultValue={namespace.requiredApprovals}
          className="max-w-28"
        />
      </FormField>
      <FormField
        name="lifetimeDays"
        label="Lifetime of an approval, in days"
        hint="Afterwards clients no longer resolve the version. Longer is a loosening."
      >
        <Input type="number" required min={1} max={730} defaultValue={namespace.lifetimeDays} className="max-w-28" />
      </FormField>
      <FormField
        name="unpinned"
        label="Packages whose content may change later"
        hint="Unpinned: no exact version or digest is declared. Accepting them is a loosening."
      >
        <Select defaultValue={namespace.unpinned}>
          <option value="allow">Accept, and mark as unpinned</option>
          <option value="refuse">Refuse on upload</option>
        </Select>
      </FormField>
      <FormField
        name="maxPending"
        label="Versions waiting at once"
        hint="More uploads are refused until some are decided."
      >
        <Input type="number" required min={1} max={1000} defaultValue={namespace.maxPending} className="max-w-28" />
      </FormField>
    </>
  );
}

function LooseningNotice({ loosening }: { loosening: string[] }) {
  return (
    <Banner tone="pending" title={`This loosens the policy: ${loosening.join(", ")}`}>
      It takes effect when another administrator confirms it; where you are the only one, after a delay in which it can
      be seen and cancelled. Everything else you change here applies at once.
    </Banner>
  );
}
