import { type Json, toInputSchema } from "#lib/api-docs/json-schema.ts";
import { anyInput, type DeclaredRoute } from "#lib/http/index.ts";

export type Parameter = { name: string; in: "path" | "query"; required?: true; schema: Json; description?: string };
export type Input = { parameters: Parameter[]; body: Json | null };

/**
 * Where the parts of an operation's input are sent: those the path names in the path, the rest in the query of GET and
 * of uploads, else in the body.
 */
export function toInput({ path, method, declaration }: Operation): Input {
  const schema = toObject(declaration);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  const parameters = inPath.map((name) => toPathParameter(name, properties[name]));
  const rest = omit(schema, [...inPath, ...Object.keys(declaration.parts ?? {})]);
  if (declaration.parts) return { parameters: [...parameters, ...toQuery(rest)], body: toUpload(declaration.parts) };
  if (method === "GET") return { parameters: [...parameters, ...toQuery(rest)], body: null };
  return { parameters, body: isEmpty(rest) ? null : { "application/json": { schema: rest } } };
}

export type Operation = { path: string; method: string; declaration: DeclaredRoute };

function toObject({ input, describe }: DeclaredRoute): Json {
  const schema = describe?.takes ?? input;
  return schema === anyInput ? {} : toInputSchema(schema);
}

function toPathParameter(name: string, known: Json | undefined): Parameter {
  return { name, in: "path", required: true, schema: known ?? { type: "string", minLength: 1 } };
}

function toQuery(schema: Json): Parameter[] {
  const required = new Set((schema.required as string[] | undefined) ?? []);
  return Object.entries((schema.properties ?? {}) as Record<string, Json>).map(([name, property]) => ({
    name,
    in: "query" as const,
    ...(required.has(name) ? { required: true as const } : {}),
    schema: withoutNull(property),
  }));
}

/** An address cannot say null: leaving the parameter out does. */
function withoutNull(schema: Json): Json {
  const choices = schema.anyOf as Json[] | undefined;
  const rest = choices?.filter(({ type }) => type !== "null") ?? [];
  return choices && rest.length === 1 ? { ...rest[0] } : schema;
}

/** Without these properties, in each alternative of a union. */
function omit(schema: Json, names: readonly string[]): Json {
  const union = schema.oneOf as Json[] | undefined;
  if (union) return { ...schema, oneOf: union.map((choice) => omit(choice, names)) };
  const properties = Object.entries((schema.properties ?? {}) as Json).filter(([name]) => !names.includes(name));
  const required = ((schema.required as string[] | undefined) ?? []).filter((name) => !names.includes(name));
  const { required: _required, ...rest } = schema;
  return { ...rest, properties: Object.fromEntries(properties), ...(required.length > 0 ? { required } : {}) };
}

function isEmpty(schema: Json): boolean {
  return schema.oneOf === undefined && Object.keys((schema.properties ?? {}) as Json).length === 0;
}

/** Each part once, as a file: a part without a file name would be text, and its bytes not what was signed. */
function toUpload(parts: Record<string, number>): Json {
  const properties = Object.entries(parts).map(([name, maxBytes]) => [
    name,
    { type: "string", contentMediaType: "application/json", description: `A file of at most ${maxBytes} bytes.` },
  ]);
  const encoding = Object.keys(parts).map((name) => [name, { contentType: "application/json" }]);
  const schema = {
    type: "object",
    properties: Object.fromEntries(properties),
    required: Object.keys(parts),
    additionalProperties: false,
  };
  return { "multipart/form-data": { schema, encoding: Object.fromEntries(encoding) } };
}
