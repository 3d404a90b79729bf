import { Suspense } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { isAdmin } from "#lib/access/index.ts";
import { firstOf } from "../_parts/first-of.ts";
import { CatalogResults } from "./_parts/catalog-results.tsx";
import { CatalogSkeleton } from "./_parts/catalog-skeleton.tsx";
import { requireCatalogReader, toReadOptions } from "./_parts/require-reader.ts";
import { SearchForm } from "./_parts/search-form.tsx";
import { SecondFactorNotice } from "./_parts/second-factor-notice.tsx";

export const metadata = { title: "Catalogue" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function CatalogPage({ searchParams }: PageProps) {
  const ctx = await requireCatalogReader("/");
  const query = await searchParams;
  const search = firstOf(query.search)?.trim() ?? "";
  const cursor = firstOf(query.cursor, 2000);
  const options = toReadOptions(ctx);
  return (
    <>
      <PageHeader
        title="Catalogue"
        description={`Every server here was signed by its publisher and countersigned by a reviewer. ${
          options.visitor ? "Clients resolve exactly this set." : "Each channel shows clients all of it or a part."
        }`}
      />
      {search === "" && cursor === null ? <SecondFactorNotice ctx={ctx} /> : null}
      <SearchForm search={search} />
      <Suspense key={`${search} ${cursor}`} fallback={<CatalogSkeleton />}>
        <CatalogResults
          search={search}
          cursor={cursor}
          now={ctx.now()}
          options={options}
          mayStart={isAdmin(ctx.actor)}
        />
      </Suspense>
    </>
  );
}
