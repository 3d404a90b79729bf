"use client";

import { Wordmark } from "#components/shell/mark.tsx";
import { PageFailure } from "./_parts/page-failure.tsx";

/** When the frame itself cannot be drawn: usually the database or the registry is not answering. */
export default function FrameError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main className="mx-auto grid max-w-2xl justify-items-center px-4 py-16">
      <Wordmark />
      <PageFailure digest={error.digest} retry={retry} />
    </main>
  );
}
