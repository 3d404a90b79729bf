import type { ReactNode } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";

type ChangePageProps = { namespace: string; title: string; description: string; children: ReactNode };

/** Frame of the pages that add something to a namespace's publishers. */
export function ChangePage({ namespace, title, description, children }: ChangePageProps) {
  const base = `/namespaces/${encodeURIComponent(namespace)}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { href: "/namespaces", label: "Namespaces" },
          { href: base, label: namespace },
          { href: `${base}/publishers`, label: "Publishers" },
        ]}
        title={title}
        description={description}
      />
      <div className="max-w-3xl">{children}</div>
    </>
  );
}
