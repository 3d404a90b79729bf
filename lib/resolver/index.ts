export { readKeptRevocations } from "#lib/resolver/follow/kept-revocations.ts";
export type { BuildInfo } from "#lib/resolver/http/answer-route.ts";
export {
  createReadPlane,
  type ReadPlane,
  type ReadPlaneHealth,
  type ReadPlaneOptions,
} from "#lib/resolver/read-plane.ts";
export type { CatalogueSource, Log } from "#lib/resolver/source.ts";
export { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
