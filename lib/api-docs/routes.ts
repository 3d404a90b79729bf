import type { Operation } from "#lib/api-docs/input.ts";
import type { RouteHandler } from "#lib/http/index.ts";

/** Modules of routes by their folder below `/api/v1`, as `people/[id]/grants`. */
export type RouteModules = Readonly<Record<string, Readonly<Record<string, RouteHandler>>>>;

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

export type RoutedOperation = Operation & { handler: RouteHandler };

/** The operations that route modules export, in the order given. */
export function listOperations(modules: RouteModules): RoutedOperation[] {
  return Object.entries(modules).flatMap(([folder, module]) =>
    methods.flatMap((method) => {
      const handler = module[method];
      const path = `/api/v1/${folder.replaceAll(/\[(\w+)\]/g, "{$1}")}`;
      return handler?.declaration ? [{ path, method, declaration: handler.declaration, handler }] : [];
    }),
  );
}
