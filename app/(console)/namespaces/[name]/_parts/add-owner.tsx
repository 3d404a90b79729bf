"use client";

import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { Select } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { addOwnerAction } from "../../actions.ts";

type Candidate = { id: string; name: string; email: string };

export function AddOwner({ namespace, people }: { namespace: string; people: Candidate[] }) {
  if (people.length === 0) return <p className="text-sm text-muted">Every active person is an owner.</p>;
  const finish = () => toast({ tone: "approved", title: "Owner added" });
  return (
    <ActionForm action={addOwnerAction} values={{ name: namespace }} submit="Add owner" onDone={finish} quiet resets>
      <FormField name="personId" label="Add an owner">
        <Select required defaultValue="">
          <option value="" disabled>
            Choose a person
          </option>
          {people.map(({ id, name, email }) => (
            <option key={id} value={id}>
              {name} ({email})
            </option>
          ))}
        </Select>
      </FormField>
    </ActionForm>
  );
}
