import type { ReviewRecord } from "#lib/reviews/view.ts";

/** Where things are on this long page. */
export function Contents({ record }: { record: ReviewRecord }) {
  const sections: [id: string, label: string, shown: boolean][] = [
    ["changes", "What changes", record.live !== null],
    ["subject", "What it is", true],
    ["claims", "What the publisher claims", record.claims.length > 0],
    ["diff", "Manifest", true],
    ["evidence", "Evidence", true],
  ];
  return (
    <nav aria-label="On this page" className="hidden text-base xl:block">
      <ul className="grid gap-1 border-l border-line">
        {sections
          .filter(([, , shown]) => shown)
          .map(([id, label]) => (
            <li key={id}>
              <a href={`#${id}`} className="block py-0.5 pl-4 text-muted hover:text-ink hover:underline">
                {label}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  );
}
