import { ChangesList } from "#components/review/changes-list.tsx";
import { ClaimsList } from "#components/review/claims-list.tsx";
import { PackageCard } from "#components/servers/package-card.tsx";
import { RemoteCard } from "#components/servers/remote-card.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Card } from "#components/ui/card.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ReviewRecord } from "#lib/reviews/view.ts";
import { ManifestFacts } from "./manifest-facts.tsx";

/** What it is, and, where a version is live already, what changes. */
export function SubjectSection({ record }: { record: ReviewRecord }) {
  const { live, changes, claims, manifest, pins } = record;
  return (
    <>
      {live ? (
        <Card title="What changes" description={<Against version={live.version} />} id="changes">
          {changes.length > 0 ? (
            <ChangesList changes={changes} />
          ) : (
            <p className="text-muted">
              Nothing but the version. The manifest below says the same in every other field.
            </p>
          )}
        </Card>
      ) : null}
      <Card title="What it is" id="subject">
        <ManifestFacts manifest={manifest} />
        <div className="mt-5 grid gap-3">
          {manifest.packages.map((pack, at) => (
            <PackageCard
              key={`${pack.registryType} ${pack.identifier} ${pack.version}`}
              pack={pack}
              pin={pins.find((pin) => pin.package === at)}
            />
          ))}
          {manifest.remotes.map((remote) => (
            <RemoteCard key={`${remote.type} ${remote.url}`} remote={remote} />
          ))}
        </div>
      </Card>
      {claims.length > 0 ? (
        <Card title="What the publisher claims" id="claims">
          <Banner tone="info" title="Nobody has checked these" className="mb-4">
            Some clients show them as if they were facts: stars, display names, provenance.
          </Banner>
          <ClaimsList claims={claims} />
        </Card>
      ) : null}
    </>
  );
}

function Against({ version }: { version: string }) {
  return (
    <>
      Against <VisibleText text={version} className="font-mono" />, which is live
    </>
  );
}
