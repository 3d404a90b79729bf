import type { ReactNode } from "react";
import { DemoRibbon } from "#components/shell/demo-ribbon.tsx";
import { Wordmark } from "#components/shell/mark.tsx";
import { pageCtx } from "#lib/session/index.ts";
import { toInstallationView } from "../_parts/viewer.ts";

/** The quiet frame of the pages before sign-in. It names the host, so that people see where they type a password. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const installation = toInstallationView(await pageCtx());
  return (
    <div className="flex min-h-dvh flex-col">
      {installation.demo ? <DemoRibbon /> : null}
      <main className="flex grow flex-col items-center justify-center px-4 py-10">
        <div className="w-full max-w-sm">
          <div className="mb-6 flex flex-col items-center gap-1.5">
            <Wordmark />
            <p className="text-sm text-muted">{installation.host}</p>
          </div>
          {children}
        </div>
      </main>
    </div>
  );
}
