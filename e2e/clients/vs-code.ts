import { type Answer, type Entry, get, type List } from "./http.ts";

export type Gallery = {
  probe: () => Promise<number>;
  /** Every page of a listing or search, as the gallery's view asks for them while it is scrolled. */
  pages: (search?: string) => Promise<List[]>;
  lookUp: (name: string) => Promise<Answer<Entry | null>>;
};

/**
 * VS Code's gallery, as its source asks (mcpGalleryManifestService.ts, mcpGalleryService.ts): the address of the setting
 * without slashes at its end; pages of 50; from the second page on the cursor as it is, and no search.
 */
export function openGallery(serviceUrl: string): Gallery {
  const base = serviceUrl.replace(/\/+$/, "");
  const headers = { accept: "application/json" };
  const list = `${base}/v0.1/servers?limit=50&version=latest`;
  return {
    probe: async () => (await get(`${base}/v0.1/servers?limit=1`, headers)).status,
    pages: async (search) => {
      const pages: List[] = [];
      let url = search === undefined ? list : `${list}&search=${encodeURIComponent(search)}`;
      for (;;) {
        const { body } = await get<List>(url, headers);
        pages.push(body);
        if (body.metadata.nextCursor === undefined) return pages;
        url = `${list}&cursor=${body.metadata.nextCursor}`;
      }
    },
    lookUp: (name) => get<Entry>(`${base}/v0.1/servers/${encodeURIComponent(name)}/versions/latest`, headers),
  };
}

/** What the gallery destructures or shows without asking whether it is there. */
export function findMissing({ server, _meta }: Entry): string[] {
  const official = _meta["io.modelcontextprotocol.registry/official"] ?? {};
  const texts = [server.name, server.description, server.version].filter((text) => !text).map(() => "an empty text");
  const times = ["publishedAt", "updatedAt"].filter((key) => Number.isNaN(Date.parse(String(official[key]))));
  return [...texts, ...times, ...(official.isLatest === true && official.status === "active" ? [] : ["status"])];
}
