import Link from "next/link";
import type { ServerSetView } from "#lib/channels/view.ts";
import { serverPath } from "../servers/server-path.ts";
import { Unfold } from "../ui/unfold.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

type ServerNamesProps = {
  set: ServerSetView;
  /** Leads to the servers' pages; not in a form, which would be left. */
  linked?: boolean;
};

/** The first servers of a set by name, and how many more there are. */
export function ServerNames({ set: { total, names }, linked }: ServerNamesProps) {
  if (names.length === 0) return null;
  return (
    <div className="rounded-md border border-line bg-sunken px-3 py-2">
      <Unfold items={names} first={15} noun="servers">
        {(some) => (
          <ul className="grid gap-0.5">
            {some.map((name) => (
              <li key={name} className="font-mono text-sm">
                {linked ? (
                  <Link href={serverPath(name)} className="hover:underline">
                    <VisibleText text={name} />
                  </Link>
                ) : (
                  <VisibleText text={name} />
                )}
              </li>
            ))}
          </ul>
        )}
      </Unfold>
      {total > names.length ? (
        <p className="mt-1 text-sm text-muted">and {countServers(total - names.length)} that are not listed here</p>
      ) : null}
    </div>
  );
}

/** "1 server", "12 servers". */
export function countServers(count: number): string {
  return count === 1 ? "1 server" : `${count.toLocaleString("en")} servers`;
}
