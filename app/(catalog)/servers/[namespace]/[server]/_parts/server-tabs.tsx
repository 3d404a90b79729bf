import { serverPath } from "#components/servers/server-path.ts";
import { LinkTabs } from "#components/ui/link-tabs.tsx";
import type { ServerPage } from "./load-server.ts";

const labels = {
  overview: "Overview",
  verify: "Verify",
  manifest: "Manifest",
  versions: "Versions",
  readers: "Readers",
};
export type ServerTab = keyof typeof labels;

/** The view an address asks for, of those the page has. */
export function toTab(text: string | null, page: ServerPage): ServerTab {
  return listTabs(page).find((tab) => tab === text) ?? "overview";
}

function listTabs({ resolved }: ServerPage): ServerTab[] {
  const tabs = Object.keys(labels) as ServerTab[];
  return tabs.filter((tab) => tab !== "readers" || resolved !== null);
}

/** The views of one version. A tab keeps the version that is being looked at. */
export function ServerTabs({ page, active }: { page: ServerPage; active: ServerTab }) {
  const count = Math.max(page.versions.length, page.resolving.length);
  const tabs = listTabs(page).map((tab) => ({
    href: toTabPath(page, tab),
    label: labels[tab],
    active: tab === active,
    count: tab === "versions" ? count : undefined,
  }));
  return <LinkTabs label="Views of this version" tabs={tabs} />;
}

/** Address of one view of the version that is being looked at. */
export function toTabPath({ name, version }: Pick<ServerPage, "name" | "version">, tab: ServerTab): string {
  const path = serverPath(name, version);
  return tab === "overview" ? path : `${path}&tab=${tab}`;
}
