import type { ReactNode } from "react";
import { ReauthenticationProvider } from "#components/session/reauthentication.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { pageCtx } from "#lib/session/index.ts";
import { reauthenticateAction } from "./reauthenticate-action.ts";
import { SignOutItem } from "./sign-out-item.tsx";
import { toInstallationView, toViewer } from "./viewer.ts";

/** The shell around every page but sign-in, for whoever asks. Decides nothing: each page's verb does. */
export async function Frame({ children }: { children: ReactNode }) {
  const ctx = await pageCtx();
  return (
    <ReauthenticationProvider action={reauthenticateAction}>
      <AppShell viewer={toViewer(ctx.actor)} installation={toInstallationView(ctx)} signOut={<SignOutItem />}>
        {children}
      </AppShell>
    </ReauthenticationProvider>
  );
}
