import { RawDiff } from "#components/review/raw-diff.tsx";
import { StructuralChanges } from "#components/review/structural-changes.tsx";
import { Card } from "#components/ui/card.tsx";
import { LinkTabs } from "#components/ui/link-tabs.tsx";
import type { ReviewView } from "#lib/reviews/view.ts";

/** The manifest against the live one, by value and byte for byte; the first time, the whole of it. */
export function DiffSection({ review, raw }: { review: ReviewView; raw: boolean }) {
  const { manifestText, liveManifestText, versionId } = review;
  if (liveManifestText === null)
    return (
      <Card title="Manifest" description="The whole file: no version of this server is live." id="diff">
        <RawDiff before={null} after={manifestText} />
      </Card>
    );
  const path = `/reviews/${versionId}`;
  return (
    <Card title="Manifest against the live one" id="diff">
      <LinkTabs
        label="Form of the difference"
        tabs={[
          { href: `${path}#diff`, label: "By value", active: !raw },
          { href: `${path}?diff=raw#diff`, label: "Line by line", active: raw },
        ]}
      />
      {raw ? (
        <RawDiff before={liveManifestText} after={manifestText} />
      ) : (
        <StructuralChanges before={liveManifestText} after={manifestText} />
      )}
    </Card>
  );
}
