/** What `/api/v1` answers, by the name it has in the document. Each is held to the view it describes by the compiler. */
export * from "#lib/api-docs/shapes/access.ts";
export * from "#lib/api-docs/shapes/audit.ts";
export * from "#lib/api-docs/shapes/channels.ts";
export * from "#lib/api-docs/shapes/manifest.ts";
export * from "#lib/api-docs/shapes/namespaces.ts";
export * from "#lib/api-docs/shapes/problem.ts";
export * from "#lib/api-docs/shapes/publishers.ts";
export * from "#lib/api-docs/shapes/reviews.ts";
export * from "#lib/api-docs/shapes/signing.ts";
export * from "#lib/api-docs/shapes/versions.ts";
