"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { Toaster } from "../ui/toaster.tsx";
import { TooltipProvider } from "../ui/tooltip.tsx";

declare global {
  /** Read by the scroll lock of dialogs, which adds a style element. */
  var __webpack_nonce__: string | undefined;
}

/** What the whole tree needs in the browser. `nonce` is the one of this document's Content-Security-Policy. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  // A refresh brings the nonce of its own request, but the document keeps the policy it was loaded with.
  if (typeof window !== "undefined" && nonce) globalThis.__webpack_nonce__ ??= nonce;
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableColorScheme={false} nonce={nonce}>
      <TooltipProvider delayDuration={300}>{children}</TooltipProvider>
      <Toaster />
    </ThemeProvider>
  );
}
