"use client";

import { X } from "lucide-react";
import { Toast } from "radix-ui";
import { useSyncExternalStore } from "react";
import { cn } from "./cn.ts";
import { currentToasts, dismissToast, subscribeToasts, type ToastMessage } from "./toast-store.ts";
import { toneLook } from "./tone.ts";

const none: readonly ToastMessage[] = [];

/** Where toasts appear. Drawn in the browser only: its library writes style attributes, which the CSP refuses in HTML. */
export function Toaster() {
  const messages = useSyncExternalStore(subscribeToasts, currentToasts, () => none);
  const inBrowser = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  if (!inBrowser) return null;
  return (
    <Toast.Provider duration={6000} swipeDirection="right">
      {messages.map((message) => (
        <Toast.Root
          key={message.id}
          onOpenChange={(open) => !open && dismissToast(message.id)}
          className={cn("animate-appear flex gap-3 rounded-lg border px-4 py-3 shadow-overlay", toneLook[message.tone])}
        >
          <div className="grow">
            <Toast.Title className="font-semibold">{message.title}</Toast.Title>
            {message.text ? <Toast.Description className="text-sm text-ink">{message.text}</Toast.Description> : null}
          </div>
          <Toast.Close aria-label="Dismiss" className="self-start rounded-sm p-0.5">
            <X aria-hidden="true" className="size-4" />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed right-0 bottom-0 z-50 m-0 flex w-96 max-w-full list-none flex-col gap-2 p-4" />
    </Toast.Provider>
  );
}
