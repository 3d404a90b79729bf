// `action()` is imported from #lib/http/action.ts: it needs the pages' framework, which nothing else here does.
export { anyInput } from "#lib/http/any-input.ts";
export { checkboxField, jsonField, optionalField } from "#lib/http/form.ts";
export { replyCreated, replyFile, replyJson, replyLines, replyNothing } from "#lib/http/reply.ts";
export { type DeclaredRoute, type RouteDeclaration, type RouteHandler, route, unknownRoute } from "#lib/http/route.ts";
export type { CallerRole, OtherBody, RouteDescription } from "#lib/http/route-description.ts";
