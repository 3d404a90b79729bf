"use client";

import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormGroup } from "#components/admin/form-group.tsx";
import { OnceDialog } from "#components/admin/once-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
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
  const trigger = (
    <Button size="sm">
      <RefreshCw aria-hidden="true" /> Rotate…
    </Button>
  );
  return (
    <OnceDialog
      trigger={trigger}
      title="Give the channel a new address?"
      description="The new one works at once and is shown once. Say when the one in use stops."
      madeTitle="The new address"
      toOnce={({ address }: RotatedSecretView) => ({ secret: address, label: "address" })}
      advice="Give it to those who read the channel. The list on the page says until when the one before works."
      whenLost="It works already: revoke it in the list, and rotate again for one that you can give away."
    >
      {(onDone) => (
        <ActionForm action={rotateSecretAction} values={{ slug }} submit="Make a new address" onDone={onDone} inDialog>
          <OverlapField />
        </ActionForm>
      )}
    </OnceDialog>
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
