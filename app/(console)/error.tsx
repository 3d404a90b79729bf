"use client";

import { PageFailure } from "../_parts/page-failure.tsx";

export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return <PageFailure digest={error.digest} retry={retry} />;
}
