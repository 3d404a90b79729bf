"use client";

import Link from "next/link";
import { useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { FormGroup } from "#components/admin/form-group.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import type { ManagedKeyView } from "#lib/publishers/view.ts";
import { addKeyAction } from "../actions.ts";
import { BackToPublishers } from "./back-to-publishers.tsx";

type Holder = { id: string; name: string; email: string };

/** `holders` are the people to choose from; without any, the one who adds the key holds it. */
export function NewKeyForm({ namespace, holders }: { namespace: string; holders: Holder[] }) {
  const [added, setAdded] = useState<ManagedKeyView | null>(null);
  if (added) return <AddedKey managedKey={added} />;
  return (
    <Card>
      <ActionForm
        action={addKeyAction}
        values={{ namespace }}
        submit="Add key"
        onDone={(key: ManagedKeyView) => setAdded(key)}
      >
        <FormField name="label" label="Label" hint="Whose it is and where it lies: “Ann's hardware key”.">
          <Input required maxLength={100} autoComplete="off" />
        </FormField>
        <FormField
          name="pem"
          label="Public key"
          hint="PEM, ECDSA P-256 or RSA from 3072 bits. Never paste a private key anywhere."
        >
          <Textarea
            required
            rows={6}
            maxLength={8192}
            spellCheck={false}
            className="font-mono text-sm"
            placeholder={"-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----"}
          />
        </FormField>
        {holders.length > 0 ? <Holders holders={holders} /> : null}
        <FormField name="notAfter" label="Last day it is good" hint="In UTC. Empty: until it is revoked.">
          <Input type="date" className="max-w-48" />
        </FormField>
      </ActionForm>
    </Card>
  );
}

function Holders({ holders }: { holders: Holder[] }) {
  return (
    <FormGroup
      legend="Who holds the private key"
      name="controllerIds"
      hint="None of them can approve what it signed. Nobody ticked: you hold it."
    >
      <div className="grid max-h-60 gap-2 overflow-y-auto rounded-md border border-line bg-sunken p-3">
        {holders.map(({ id, name, email }) => (
          <Checkbox key={id} name="controllerIds[]" value={id} label={`${name} (${email})`} />
        ))}
      </div>
    </FormGroup>
  );
}

function AddedKey({ managedKey }: { managedKey: ManagedKeyView }) {
  const base = `/namespaces/${encodeURIComponent(managedKey.namespace)}/publishers`;
  return (
    <Card>
      <Banner
        tone="approved"
        title="Key added"
        live
        actions={
          <Button asChild size="sm" variant="primary">
            <Link href={`${base}/new-key-rule?key=${managedKey.id}`}>Add a rule for it</Link>
          </Button>
        }
      >
        <p>
          Compare the hint with the one your publisher sees: <Digest value={managedKey.hint} label="key hint" />
        </p>
        <p className="mt-1">It lets nobody publish until a rule names it.</p>
      </Banner>
      <BackToPublishers namespace={managedKey.namespace} />
    </Card>
  );
}
