import { ReviewChips } from "#components/review/chips.tsx";
import { ReadersCard } from "#components/servers/readers-card.tsx";
import { serverPath } from "#components/servers/server-path.ts";
import { StateBadge } from "#components/servers/state-badge.tsx";
import { StatusBanner } from "#components/servers/status-banner.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { getReview } from "#lib/reviews/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { findReaders } from "../../../_parts/find-readers.ts";
import { firstOf } from "../../../_parts/first-of.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { DiffSection } from "./_parts/diff-section.tsx";
import { EvidenceSection } from "./_parts/evidence-section.tsx";
import { Rail } from "./_parts/rail.tsx";
import { SubjectSection } from "./_parts/subject-section.tsx";

export const metadata = { title: "Review" };

const latestReaders = 8;

type PageProps = {
  params: Promise<{ versionId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ReviewPage({ params, searchParams }: PageProps) {
  const [ctx, { versionId }, query] = await Promise.all([pageCtx(), params, searchParams]);
  const review = await loadPage(`/reviews/${versionId}`, () => getReview(ctx, { versionId }));
  const { record } = review;
  const now = ctx.now();
  const resolved = review.state === "revoked" ? await findReaders(ctx, record, { limit: latestReaders }) : null;
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/reviews", label: "Reviews" }]}
        title={
          <>
            <VisibleText text={record.name} /> <VisibleText text={record.version} className="font-mono font-medium" />
          </>
        }
        description={
          <span className="flex flex-wrap items-center gap-1.5">
            <StateBadge state={review.state} />
            <ReviewChips chips={record.chips} />
          </span>
        }
      />
      {review.state === "pending" ? null : (
        <StatusBanner state={review.state} message={review.statusMessage} now={now} />
      )}
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="grid min-w-0 content-start gap-6">
          {resolved ? (
            <ReadersCard
              name={record.name}
              version={record.version}
              resolved={resolved}
              all={`${serverPath(record.name, record.version)}&tab=readers`}
            />
          ) : null}
          <SubjectSection record={record} />
          <DiffSection review={review} raw={firstOf(query.diff) === "raw"} />
          <EvidenceSection record={record} />
        </div>
        <Rail review={review} now={now} />
      </div>
    </>
  );
}
