"use client";

import { useEffect, useState } from "react";

/**
 * The one-time token of the address, which stands in the fragment so that no server or log ever sees it, and is taken
 * out of the address bar once read. `undefined` until the browser has looked, `null` when there is none.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const found = new URLSearchParams(window.location.hash.slice(1)).get("token");
    if (found) window.history.replaceState(null, "", window.location.pathname);
    setToken((before) => found ?? before ?? null);
  }, []);
  return token;
}
