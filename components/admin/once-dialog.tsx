"use client";

import { type ReactNode, useState } from "react";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions } from "../ui/dialog.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** What leaves the registry only now: `label` says what it is ("address"), `secret` is the text itself. */
export type Once = { secret: string; label: string; expiresAt?: string };

type OnceDialogProps<Made> = {
  trigger: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  /** Title once it is made. */
  madeTitle: ReactNode;
  toOnce: (made: Made) => Once;
  /** What to do with it. */
  advice: ReactNode;
  /** What is to be done by somebody who closes the dialog without having kept it. */
  whenLost: string;
  /** The form that makes it. */
  children: (onDone: (made: Made) => void) => ReactNode;
};

/** A form in a dialog that ends in something shown once. What was not copied is not closed away without a question. */
export function OnceDialog<Made>(props: OnceDialogProps<Made>) {
  const { trigger, title, description, madeTitle, toOnce, children, ...shown } = props;
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  const start = () => {
    setMade(null);
    setCopied(false);
    setAsking(false);
    setOpen(true);
  };
  const end = () => setOpen(false);
  const change = (next: boolean) => {
    if (next) return start();
    if (made !== null && !copied) return setAsking(true);
    end();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={trigger}
      title={made === null ? title : madeTitle}
      description={made === null ? description : undefined}
    >
      {made === null ? (
        children(setMade)
      ) : (
        <Kept
          {...shown}
          once={toOnce(made)}
          asking={asking && !copied}
          onCopied={() => setCopied(true)}
          onStay={() => setAsking(false)}
          onEnd={end}
        />
      )}
    </Dialog>
  );
}

type KeptProps = {
  once: Once;
  advice: ReactNode;
  whenLost: string;
  asking: boolean;
  onCopied: () => void;
  onStay: () => void;
  onEnd: () => void;
};

function Kept({ once, advice, whenLost, asking, onCopied, onStay, onEnd }: KeptProps) {
  return (
    <>
      <ShownOnce {...once} onCopied={onCopied}>
        <p>{advice}</p>
      </ShownOnce>
      {asking ? (
        <Banner tone="pending" title={`The ${once.label} was not copied`} live className="mt-4">
          <p>It is not shown again. {whenLost}</p>
        </Banner>
      ) : null}
      <DialogActions>
        {asking ? <Button onClick={onEnd}>Close without it</Button> : null}
        {asking ? (
          <Button key="stay" variant="primary" onClick={onStay} ref={focus}>
            Go back to the {once.label}
          </Button>
        ) : (
          <Button key="kept" variant="primary" onClick={onEnd}>
            I have kept it
          </Button>
        )}
      </DialogActions>
    </>
  );
}

/** The button that was pressed is gone, and with it the focus. */
function focus(button: HTMLButtonElement | null) {
  button?.focus();
}
