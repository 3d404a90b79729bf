import { z } from "zod";
import * as shapes from "#lib/api-docs/shapes/index.ts";

export type Json = Record<string, unknown>;

const named = Object.entries(shapes);
const refer = (name: string) => `#/components/schemas/${name}`;

/** Where the document describes one of the shapes. @throws Error for a shape that is not exported by `shapes`. */
export function toReference(shape: z.ZodType): Json {
  const name = named.find(([, each]) => each === shape)?.[0];
  if (name === undefined) throw new Error("Only the shapes that lib/api-docs/shapes exports can be answered.");
  return { $ref: refer(name) };
}

/** Every shape by its name; shapes inside others are references. */
export function toComponentSchemas(): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [name, shape] of named) registry.add(shape, { id: name });
  const { schemas } = z.toJSONSchema(registry, { uri: refer });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)]));
}

/** What may be sent, before defaults and coercion. What a pattern cannot say is left out: the server is stricter. */
export function toInputSchema(schema: z.ZodType): Json {
  return plain(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
}

function plain({ $schema: _schema, $id: _id, id: _own, ...schema }: Json): Json {
  return schema;
}
