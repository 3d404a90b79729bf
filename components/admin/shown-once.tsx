"use client";

import { type ReactNode, useEffect, useState } from "react";
import { CopyButton } from "../ui/copy-button.tsx";
import { Time } from "../ui/time.tsx";

type ShownOnceProps = {
  secret: string;
  /** What it is: "link", "token". */
  label: string;
  /** When it ends by itself, where it does. */
  expiresAt?: string;
  onCopied?: () => void;
  children?: ReactNode;
};

/**
 * A secret that leaves the registry only now: to be copied, never to be seen again. Until it was copied, the browser asks
 * before the page is closed or loaded anew.
 */
export function ShownOnce({ secret, label, expiresAt, onCopied, children }: ShownOnceProps) {
  const [copied, setCopied] = useState(false);
  useLeaveWarning(!copied);
  const keep = () => {
    setCopied(true);
    onCopied?.();
  };
  return (
    <div role="status" className="grid gap-3">
      {children}
      <div className="flex items-start gap-2 rounded-md border border-line-strong bg-sunken py-2 pr-1.5 pl-3">
        <code className="min-w-0 grow self-center font-mono text-sm [overflow-wrap:anywhere] select-all" onCopy={keep}>
          {secret}
        </code>
        <CopyButton text={secret} label={`Copy ${label}`} onCopied={keep} />
      </div>
      <p className="text-sm text-muted">
        Shown this once: only its fingerprint is kept.
        {expiresAt ? (
          <>
            {" "}
            Valid until <Time at={expiresAt} absolute />.
          </>
        ) : null}
      </p>
    </div>
  );
}

function useLeaveWarning(on: boolean) {
  useEffect(() => {
    if (!on) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [on]);
}
