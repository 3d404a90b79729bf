"use client";

import { ActionForm } from "#components/admin/action-form.tsx";
import { GrantFields } from "#components/admin/grant-fields.tsx";
import { toast } from "#components/ui/toast-store.ts";
import type { GrantView } from "#lib/access/view.ts";
import { updateGrantsAction } from "../../actions.ts";

type GrantsFormProps = { id: string; grants: GrantView[]; namespaces: string[] };

export function GrantsForm({ id, grants, namespaces }: GrantsFormProps) {
  const finish = () => toast({ tone: "approved", title: "Roles changed" });
  return (
    <ActionForm action={updateGrantsAction} values={{ id }} submit="Save roles" onDone={finish}>
      <GrantFields grants={grants} namespaces={namespaces} />
    </ActionForm>
  );
}
