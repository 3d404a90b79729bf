import { PackageCard } from "#components/servers/package-card.tsx";
import { ReadersCard } from "#components/servers/readers-card.tsx";
import { RemoteCard } from "#components/servers/remote-card.tsx";
import { ExternalLink } from "#components/ui/external-link.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { Ctx } from "#lib/core/context.ts";
import type { ManifestView } from "#lib/manifest/view.ts";
import type { ServerPage } from "./load-server.ts";
import { MembershipRow } from "./membership-row.tsx";
import { Provenance } from "./provenance.tsx";
import { toTabPath } from "./server-tabs.tsx";

/** What the server is and does, beside who vouches for it. */
export function OverviewTab({ page, manifest, ctx }: { page: ServerPage; manifest: ManifestView; ctx: Ctx }) {
  const pins = page.detail?.pins ?? page.entry?.approval.pins.entries ?? [];
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="grid min-w-0 content-start gap-6">
        {page.detail?.state === "revoked" && page.resolved ? (
          <ReadersCard
            name={page.name}
            version={page.version}
            resolved={page.resolved}
            all={toTabPath(page, "readers")}
          />
        ) : null}
        <div>
          <p className="max-w-prose text-md">
            <VisibleText text={manifest.description} />
          </p>
          <Links manifest={manifest} />
        </div>
        {page.membership ? <MembershipRow membership={page.membership} ctx={ctx} /> : null}
        <section className="grid gap-3">
          <h2 className="text-md font-semibold">Packages and remotes</h2>
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
        </section>
      </div>
      <aside aria-label="Provenance" className="grid min-w-0 content-start gap-4">
        <h2 className="sr-only">Provenance</h2>
        <Provenance page={page} now={ctx.now()} />
      </aside>
    </div>
  );
}

function Links({ manifest: { repository, websiteUrl } }: { manifest: ManifestView }) {
  if (!repository && !websiteUrl) return null;
  return (
    <p className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {repository ? (
        <ExternalLink href={repository.url}>
          <VisibleText text={repository.url} />
        </ExternalLink>
      ) : null}
      {websiteUrl ? (
        <ExternalLink href={websiteUrl}>
          <VisibleText text={websiteUrl} />
        </ExternalLink>
      ) : null}
    </p>
  );
}
