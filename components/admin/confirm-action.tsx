"use client";

import { type ReactNode, useState } from "react";
import type { ServerAction } from "../session/action-state.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { toast } from "../ui/toast-store.ts";
import { ActionForm } from "./action-form.tsx";

type ConfirmActionProps = {
  /** Text of the button that opens the dialog; it ends in an ellipsis of its own. */
  trigger: string;
  /** Read instead of `trigger` where several buttons of a page say the same. */
  triggerLabel?: string;
  size?: "md" | "sm";
  variant?: "primary" | "secondary" | "danger" | "ghost";
  title: string;
  description?: ReactNode;
  /** What the confirming button says: the verb, never "OK". */
  confirm: string;
  danger?: boolean;
  action: ServerAction;
  values?: Record<string, string>;
  /** Said in a toast when done. */
  done: string;
  children?: ReactNode;
};

/** A button that first says what will happen, then does it. */
export function ConfirmAction(props: ConfirmActionProps) {
  const [open, setOpen] = useState(false);
  const finish = () => {
    setOpen(false);
    toast({ tone: "approved", title: props.done });
  };
  const trigger = (
    <Button variant={props.variant} size={props.size ?? "sm"} aria-label={props.triggerLabel}>
      {props.trigger}…
    </Button>
  );
  return (
    <Dialog open={open} onOpenChange={setOpen} trigger={trigger} title={props.title} description={props.description}>
      <ActionForm
        action={props.action}
        values={props.values}
        submit={props.confirm}
        danger={props.danger}
        onDone={finish}
        inDialog
      >
        {props.children}
      </ActionForm>
    </Dialog>
  );
}
