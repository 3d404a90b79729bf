import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";

/** What a channel shows whose selection cannot be read. */
export const nothing: CatalogueView = {
  find: () => null,
  shelvesFrom: () => [],
  serversOf: () => [],
};
