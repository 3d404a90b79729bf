"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { ActionForm } from "../admin/action-form.tsx";
import type { ServerAction } from "../session/action-state.ts";
import { Dialog } from "../ui/dialog.tsx";
import type { ProblemShown } from "../ui/problem-notice.tsx";
import { toast } from "../ui/toast-store.ts";

type DecisionDialogProps = {
  trigger: ReactNode;
  title: string;
  description: string;
  action: ServerAction;
  submit: string;
  danger?: boolean;
  /** Said in a toast when done; the page is then drawn anew. */
  doneText: string;
  explain?: (problem: ProblemShown) => ReactNode;
  children: ReactNode;
};

/** The confirm in front of every decision about a version. */
export function DecisionDialog({ trigger, title, description, doneText, children, ...form }: DecisionDialogProps) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const finish = () => {
    setOpen(false);
    toast({ tone: "approved", title: doneText });
    router.refresh();
  };
  return (
    <Dialog trigger={trigger} title={title} description={description} open={open} onOpenChange={setOpen}>
      <ActionForm {...form} onDone={finish} inDialog>
        {children}
      </ActionForm>
    </Dialog>
  );
}
