"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { toast } from "./toast-store.ts";

type CopyButtonProps = { text: string; label: string; className?: string; onCopied?: () => void };

/** Copies `text` exactly. `label` says what it is: "Copy digest". */
export function CopyButton({ text, label, className, onCopied }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
        onCopied?.();
      },
      () => toast({ tone: "revoked", title: "The browser did not allow copying" }),
    );
  return (
    <Button variant="ghost" size="icon" className={className} aria-label={label} title={label} onClick={copy}>
      {copied ? <Check aria-hidden="true" className="text-approved" /> : <Copy aria-hidden="true" />}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </Button>
  );
}
