"use client";

import Link from "next/link";
import { useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { ShownOnce } from "#components/admin/shown-once.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import type { CreatedTokenView } from "#lib/access/view.ts";
import { createTokenAction } from "../../actions.ts";
import { TokenFields, type TokenFieldsProps } from "./token-fields.tsx";

/** The form, and after it the token, once. */
export function NewToken(props: TokenFieldsProps) {
  const [token, setToken] = useState<CreatedTokenView | null>(null);
  if (token) return <CreatedToken token={token} />;
  return (
    <Card>
      <ActionForm action={createTokenAction} submit="Create token" onDone={(made: CreatedTokenView) => setToken(made)}>
        <TokenFields {...props} />
      </ActionForm>
    </Card>
  );
}

function CreatedToken({ token }: { token: CreatedTokenView }) {
  return (
    <Card title={`Token “${token.label}”`}>
      <ShownOnce secret={token.secret} label="token" expiresAt={token.expiresAt}>
        {token.channels.length > 0 ? (
          <p>
            Copy it now into the client that reads the channel, which sends it as{" "}
            <code className="font-mono">Authorization: Bearer</code>.
          </p>
        ) : (
          <p>
            Copy it now into the place that will use it: a secret store, or{" "}
            <code className="font-mono">countersign login</code>.
          </p>
        )}
      </ShownOnce>
      <div className="mt-5">
        <Button asChild>
          <Link href="/tokens">Back to API tokens</Link>
        </Button>
      </div>
    </Card>
  );
}
