import { type Answer, get, type List } from "./http.ts";

/** ToolHive's client (pkg/registry/api/client.go): sends a bearer wherever it has one, and encodes its cursor. */
export function openToolHive(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, accept: "application/json", "user-agent": "toolhive" };
  const ask = (path: string): Promise<Answer<List>> => get<List>(`${url}${path}`, headers);
  return {
    probe: () => ask("/v0.1/servers?limit=1"),
    /** Names of everything, by hundreds. */
    walk: async () => {
      const names: string[] = [];
      let cursor: string | undefined = "";
      do {
        const query = new URLSearchParams({ limit: "100", version: "latest", ...(cursor ? { cursor } : {}) });
        const { body } = await ask(`/v0.1/servers?${query}`);
        names.push(...body.servers.map(({ server }) => server.name));
        cursor = body.metadata.nextCursor;
      } while (cursor);
      return names;
    },
    search: (text: string) => ask(`/v0.1/servers?${new URLSearchParams({ search: text, version: "latest" })}`),
    read: (name: string) => ask(`/v0.1/servers/${encodeURIComponent(name)}/versions/latest`),
    extension: (kind: string) => ask(`/v0.1/x/dev.toolhive/${kind}`),
  };
}
