"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { createNamespaceAction } from "../actions.ts";

/** Creates a namespace with the usual settings, then goes there. */
export function CreateNamespace() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const trigger = (
    <Button variant="primary">
      <Plus aria-hidden="true" /> New namespace…
    </Button>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title="New namespace"
      description="Nobody can publish into it until it has a publisher rule. A name is never given up again."
    >
      <ActionForm
        action={createNamespaceAction}
        submit="Create namespace"
        onDone={({ name }: { name: string }) => router.push(`/namespaces/${encodeURIComponent(name)}`)}
        inDialog
      >
        <FormField
          name="name"
          label="Name"
          hint="The part before the slash, a domain you control in reverse: io.github.acme, com.example"
        >
          <Input required maxLength={200} autoComplete="off" spellCheck={false} className="font-mono" />
        </FormField>
      </ActionForm>
    </Dialog>
  );
}
