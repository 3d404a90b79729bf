import { ServedVersionList } from "#components/servers/served-version-list.tsx";
import { VersionList } from "#components/servers/version-list.tsx";
import { Card } from "#components/ui/card.tsx";
import type { ServerPage } from "./load-server.ts";

/** Every version the reader may see; strangers see those that resolve. */
export function VersionsTab({ page, now }: { page: ServerPage; now: Date }) {
  return (
    <Card flush>
      {page.versions.length > 0 ? (
        <VersionList versions={page.versions} now={now} />
      ) : (
        <ServedVersionList entries={page.resolving} now={now} />
      )}
    </Card>
  );
}
