export { extractPins } from "#lib/manifest/pins.ts";
export { readManifest } from "#lib/manifest/read.ts";
export { hostOf, toHttpsLink } from "#lib/manifest/rules/address.ts";
export { isServerName } from "#lib/manifest/rules/name.ts";
export { currentSchema } from "#lib/manifest/rules/schema-date.ts";
export { isVersion } from "#lib/manifest/rules/version.ts";
export { toManifestView } from "#lib/manifest/to-view.ts";
export { validateManifest } from "#lib/manifest/validate.ts";
export { compareReleases, compareVersions, isMajorJump, type Release } from "#lib/manifest/version-order.ts";
