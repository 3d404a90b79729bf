import { serverPath } from "#components/servers/server-path.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { firstOf } from "../../../../_parts/first-of.ts";
import { loadPage } from "../../../../_parts/load-page.ts";
import { requireCatalogReader } from "../../../_parts/require-reader.ts";
import { Headline } from "./_parts/headline.tsx";
import { loadServer } from "./_parts/load-server.ts";
import { ManifestTab } from "./_parts/manifest-tab.tsx";
import { OverviewTab } from "./_parts/overview-tab.tsx";
import { readReadersQuery, toReadersInput } from "./_parts/readers-query.ts";
import { ReadersTab } from "./_parts/readers-tab.tsx";
import { ServerActions } from "./_parts/server-actions.tsx";
import { readServerName, type ServerParams } from "./_parts/server-name.ts";
import { ServerTabs, toTab } from "./_parts/server-tabs.tsx";
import { Standing } from "./_parts/standing.tsx";
import { VerifyTab } from "./_parts/verify-tab.tsx";
import { VersionsTab } from "./_parts/versions-tab.tsx";

type PageProps = {
  params: ServerParams;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: PageProps) {
  return { title: (await readServerName(props.params)).slice(0, 200) };
}

export default async function ServerPage(props: PageProps) {
  const [name, query] = await Promise.all([readServerName(props.params), props.searchParams]);
  const path = serverPath(name);
  const ctx = await requireCatalogReader(path);
  const shown = firstOf(query.tab) === "readers" ? readReadersQuery(query) : null;
  const page = await loadPage(path, () => loadServer(ctx, name, firstOf(query.version), toReadersInput(shown)));
  const manifest = (page.detail ?? page.entry)?.manifest;
  if (!manifest) return null;
  const tab = toTab(firstOf(query.tab), page);
  const now = ctx.now();
  return (
    <>
      <PageHeader
        title={<VisibleText text={manifest.title ?? manifest.name} />}
        crumbs={[{ href: "/", label: "Catalogue" }]}
        description={<Headline page={page} />}
        actions={<ServerActions page={page} />}
      />
      <Standing page={page} now={now} />
      <ServerTabs page={page} active={tab} />
      {tab === "overview" ? <OverviewTab page={page} manifest={manifest} ctx={ctx} /> : null}
      {tab === "verify" ? <VerifyTab page={page} registryId={ctx.registryId} /> : null}
      {tab === "manifest" ? <ManifestTab page={page} ctx={ctx} /> : null}
      {tab === "versions" ? <VersionsTab page={page} now={now} /> : null}
      {tab === "readers" && shown && page.resolved ? (
        <ReadersTab page={page} resolved={page.resolved} shown={shown} />
      ) : null}
    </>
  );
}
