"use client";

import { useRouter } from "next/navigation";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { DialogClose } from "../ui/dialog.tsx";
import type { ProblemShown } from "../ui/problem-notice.tsx";

/** For a decision about a record that is no longer the present one: what to do instead. Null for other refusals. */
export function explainReviewChanged(problem: ProblemShown) {
  return problem.code === "review-changed" ? <ReviewChanged detail={problem.detail} /> : null;
}

function ReviewChanged({ detail }: { detail: string }) {
  const router = useRouter();
  return (
    <Banner
      tone="pending"
      title="What you read is no longer what would be signed"
      live
      actions={
        <DialogClose asChild>
          <Button onClick={() => router.refresh()}>Show the review as it is now</Button>
        </DialogClose>
      }
    >
      {detail} Nothing was decided. Read what changed, then decide again.
    </Banner>
  );
}
