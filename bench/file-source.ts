import type { AccessRecord, CatalogueSource } from "#lib/resolver/source.ts";
import { channelRow, standardAccess } from "#lib/resolver/testing/channels.ts";
import { catalogueTime, readCatalogue, sparseOwners } from "./catalogue-file.ts";

/** Address of a channel that shows one server in a thousand. */
export const sparseChannel = "sparse";

/** A catalogue in a file, as a source that never changes. */
export function createFileSource(file: string): CatalogueSource {
  const position = { seq: 1n, sha256: "0".repeat(64), at: catalogueTime };
  const access = makeAccess();
  const channels = { access, placements: [] };
  return {
    async loadSnapshot(consume) {
      for (const server of readCatalogue(file)) await consume(server);
      return { ...channels, position };
    },
    loadServer: async (name) => ({
      server: null,
      placement: { name, tags: [], moves: [], channels: access.channels },
      position,
    }),
    loadChannels: async () => ({ ...channels, position }),
    loadAccess: async () => ({ access, position }),
    addResolutions: async () => {},
    readLedger: async () => [{ ...position, action: "version.countersign", serverName: null }],
    readBlob: async () => null,
    listen: () => async () => {},
  };
}

function makeAccess(): AccessRecord {
  const access = standardAccess();
  const selection = { include: sparseOwners.map((owner) => ({ namespace: owner })), exclude: [] };
  access.channels.push(channelRow(sparseChannel, { selection }));
  return access;
}
