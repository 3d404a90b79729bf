export { type ApiDocument, type DescribeOptions, describeApi } from "#lib/api-docs/document.ts";
export type { Operation } from "#lib/api-docs/input.ts";
export type { Example } from "#lib/api-docs/operation.ts";
export { listOperations, type RoutedOperation, type RouteModules } from "#lib/api-docs/routes.ts";
