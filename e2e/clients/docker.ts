import { type Entry, get, type List } from "./http.ts";

/** Docker's gateway (pkg/registryapi/client.go, url.go): v0 alone, an empty cursor on the first page. */
export function openGateway(host: string) {
  const at = (name: string) => `${host}/v0/servers/${encodeURIComponent(name)}/versions`;
  const page = (cursor: string) => get<List>(`${host}/v0/servers?version=latest&limit=100&cursor=${cursor}`);
  return {
    page,
    /** What importing a whole registry reads. */
    importAll: async () => {
      const names: string[] = [];
      let cursor: string | undefined = "";
      do {
        const { body }: { body: List } = await page(cursor);
        names.push(...body.servers.map(({ server }) => server.name));
        cursor = body.metadata.nextCursor;
      } while (cursor);
      return names;
    },
    versions: (name: string) => get<List>(at(name)),
    version: (name: string, version: string) => get<Entry>(`${at(name)}/${version}`),
  };
}
