"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { signOut } from "#lib/session/client.ts";

export function SignOutButton() {
  const [pending, setPending] = useState(false);
  const leave = () => {
    setPending(true);
    signOut().finally(() => window.location.assign("/sign-in"));
  };
  return (
    <Button variant="primary" busy={pending} onClick={leave}>
      Sign out
    </Button>
  );
}
