import { z } from "zod";
import * as shapes from "#lib/resolver/openapi/shapes.ts";

export type Json = Record<string, unknown>;

const named = Object.entries(shapes);

export function reference(shape: z.ZodType): Json {
  return { $ref: `#/components/schemas/${named.find(([, each]) => each === shape)?.[0]}` };
}

/** One schema per shape; shapes inside others are references to their own. */
export function componentSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, shape] of named) registry.add(shape, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, id: _own, ...schema }]) => [id, schema]),
  );
}
