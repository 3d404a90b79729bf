"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { ServerAction } from "./action-state.ts";
import { ReauthenticateDialog } from "./reauthenticate-dialog.tsx";

type Ask = () => Promise<boolean>;

const Context = createContext<Ask | null>(null);

/** Gives everything below it the dialog that asks for the password again. `action` is the sign-in's own verb. */
export function ReauthenticationProvider({ action, children }: { action: ServerAction; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const settle = useRef<((fresh: boolean) => void) | null>(null);
  const finish = useCallback((fresh: boolean) => {
    settle.current?.(fresh);
    settle.current = null;
    setOpen(false);
  }, []);
  const ask = useMemo<Ask>(
    () => () =>
      new Promise((resolve) => {
        settle.current?.(false);
        settle.current = resolve;
        setOpen(true);
      }),
    [],
  );
  return (
    <Context value={ask}>
      {children}
      <ReauthenticateDialog action={action} open={open} onFinish={finish} />
    </Context>
  );
}

/** Asks for a fresh sign-in; true once the person has proved who they are, false when they closed the dialog. */
export function useReauthentication(): Ask {
  const ask = useContext(Context);
  return useCallback(() => (ask ? ask() : Promise.resolve(false)), [ask]);
}
