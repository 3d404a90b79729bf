"use client";

import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormGroup } from "#components/admin/form-group.tsx";
import { ShownOnce } from "#components/admin/shown-once.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "#components/ui/dialog.tsx";
import { Radio } from "#components/ui/radio.tsx";
import type { RotatedSecretView } from "#lib/channels/view.ts";
import { rotateSecretAction } from "../../actions.ts";

const overlaps: [hours: number, label: string, hint: string][] = [
  [0, "Now", "For an address that leaked. Whoever has not got the new one reads nothing."],
  [1, "In 1 hour", "For a client that you change yourself."],
  [24, "In 24 hours", "For people who look at their messages every day."],
  [168, "In 7 days", "For settings that are rolled out."],
];

/** Asks how long the present address goes on, then shows the new one, once. */
export function RotateSecret({ slug }: { slug: string }) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<RotatedSecretView | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    setMade(null);
  };
  const trigger = (
    <Button size="sm">
      <RefreshCw aria-hidden="true" /> Rotate…
    </Button>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={trigger}
      title={made ? "The new address" : "Give the channel a new address?"}
      description={made ? undefined : "The new one works at once and is shown once. Say when the one in use stops."}
    >
      {made ? (
        <NewAddress address={made.address} />
      ) : (
        <ActionForm action={rotateSecretAction} values={{ slug }} submit="Make a new address" onDone={setMade} inDialog>
          <OverlapField />
        </ActionForm>
      )}
    </Dialog>
  );
}

function OverlapField() {
  const [chosen, setChosen] = useState(24);
  return (
    <FormGroup legend="The address in use stops" name="overlapHours">
      {overlaps.map(([hours, label, hint]) => (
        <Radio
          key={hours}
          name="overlapHours"
          value={hours}
          label={label}
          hint={hint}
          checked={hours === chosen}
          onChange={() => setChosen(hours)}
        />
      ))}
    </FormGroup>
  );
}

function NewAddress({ address }: { address: string }) {
  return (
    <>
      <ShownOnce secret={address} label="address">
        <p>Give it to those who read the channel. The list below says until when the one before works.</p>
      </ShownOnce>
      <DialogActions>
        <DialogClose asChild>
          <Button variant="primary">I have kept it</Button>
        </DialogClose>
      </DialogActions>
    </>
  );
}
