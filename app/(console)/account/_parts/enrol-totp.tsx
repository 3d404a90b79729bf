"use client";

import { useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { confirmTotpAction, startTotpAction } from "../actions.ts";
import type { QrCodeView } from "./qr-code.ts";

type Started = { secret: string; uri: string; code: QrCodeView };

/** First the secret as a picture, then one right code; only that puts it in force. */
export function EnrolTotp() {
  const [started, setStarted] = useState<Started | null>(null);
  if (!started) {
    return (
      <ActionForm
        action={startTotpAction}
        submit="Set up an authenticator"
        quiet
        onDone={(next: Started) => setStarted(next)}
      >
        <p className="text-muted">Off: your password alone signs you in.</p>
      </ActionForm>
    );
  }
  const finish = () => toast({ tone: "approved", title: "Authenticator in force", text: "Asked for from now on." });
  return (
    <div className="grid gap-4">
      <p>Scan this with your authenticator app, then enter the code it shows.</p>
      <div className="flex flex-wrap items-center gap-4">
        <QrCode code={started.code} />
        <TypedSecret secret={started.secret} />
      </div>
      <ActionForm action={confirmTotpAction} submit="Confirm code" onDone={finish}>
        <FormField name="totp" label="Code">
          <Input required inputMode="numeric" autoComplete="one-time-code" maxLength={9} className="max-w-40" />
        </FormField>
      </ActionForm>
    </div>
  );
}

/** Always black on white: scanners expect it, whatever the theme. */
function QrCode({ code }: { code: QrCodeView }) {
  return (
    <svg
      role="img"
      aria-label="QR code for the authenticator app"
      viewBox={`0 0 ${code.size} ${code.size}`}
      shapeRendering="crispEdges"
      className="size-44 shrink-0 rounded-md border border-line"
    >
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  );
}

function TypedSecret({ secret }: { secret: string }) {
  return (
    <div className="min-w-0">
      <p className="text-sm text-muted">No camera? Type this:</p>
      <p className="flex items-center gap-1">
        <code className="font-mono text-sm [overflow-wrap:anywhere]">{secret.match(/.{1,4}/g)?.join(" ")}</code>
        <CopyButton text={secret} label="Copy secret" />
      </p>
    </div>
  );
}
