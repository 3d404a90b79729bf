import { LibraryBig, SearchX } from "lucide-react";
import Link from "next/link";
import { CatalogList } from "#components/servers/catalog-list.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { isDomainError } from "#lib/core/errors.ts";
import { toPageError } from "#lib/http/refusal.ts";
import { fetchCatalog, type ReadOptions } from "#lib/resolver/client.ts";
import type { CatalogPageView } from "#lib/resolver/view.ts";
import { catalogPath } from "./catalog-path.ts";

const pageSize = 30;

type CatalogResultsProps = {
  search: string;
  cursor: string | null;
  now: Date;
  options: ReadOptions;
  /** Whether the one who looks can do what brings the first server here. */
  mayStart: boolean;
};

/** One page of what the read API lists, newest version of each server. */
export async function CatalogResults({ search, cursor, now, options, mayStart }: CatalogResultsProps) {
  const page = await readPage(search, cursor, options);
  if (!page) return <NoSuchPage />;
  if (page.entries.length === 0) return <NothingFound search={search} mayStart={mayStart} />;
  return (
    <>
      <CatalogList entries={page.entries} now={now} />
      <Pagination
        previous={cursor ? catalogPath(search, null) : null}
        previousText="First page"
        next={page.nextCursor ? catalogPath(search, page.nextCursor) : null}
      />
    </>
  );
}

/** Null for a cursor or search that the read API does not take, such as an old or mistyped address. */
async function readPage(search: string, cursor: string | null, options: ReadOptions): Promise<CatalogPageView | null> {
  try {
    const page = { search: search || undefined, cursor: cursor ?? undefined, limit: pageSize };
    return await fetchCatalog({ ...options, ...page });
  } catch (error) {
    if (isDomainError(error) && (error.code === "bad-request" || error.code === "invalid-input")) return null;
    throw toPageError(error);
  }
}

function NoSuchPage() {
  return (
    <EmptyState icon={SearchX} title="The address does not lead into the list" actions={<ShowAll />}>
      Its search or its place in the list could not be read.
    </EmptyState>
  );
}

function ShowAll() {
  return (
    <Button asChild>
      <Link href="/">Show all</Link>
    </Button>
  );
}

function NothingFound({ search, mayStart }: { search: string; mayStart: boolean }) {
  if (search === "")
    return (
      <EmptyState icon={LibraryBig} title="Nothing resolves yet" actions={mayStart ? <FirstStep /> : undefined}>
        A server appears here once its publisher has signed a version and a reviewer has countersigned it.
        {mayStart ? " First make a namespace and say who may publish into it." : null}
      </EmptyState>
    );
  return (
    <EmptyState icon={SearchX} title="No server matches" actions={<ShowAll />}>
      Nothing that resolves has “<VisibleText text={search} />” in its name, title or description.
    </EmptyState>
  );
}

function FirstStep() {
  return (
    <Button asChild>
      <Link href="/namespaces">To the namespaces</Link>
    </Button>
  );
}
