import fc from "fast-check";
import type { RoutedOperation } from "#lib/api-docs/index.ts";
import { type Input, type Parameter, toInput } from "#lib/api-docs/input.ts";
import type { Json } from "#lib/api-docs/json-schema.ts";
import type { OperationCall } from "#lib/testing/api-docs/call-operation.ts";
import { type Known, toTextValues, toValues } from "#lib/testing/api-docs/fuzz/from-schema.ts";
import { hostileAuthorization, hostileContent, hostileText } from "#lib/testing/api-docs/fuzz/hostile.ts";

/** Who calls: somebody by name, or an Authorization header as it stands; null for none. */
export type Caller<Who> = { who: Who } | { authorization: string } | null;
export type FuzzCall<Who> = { caller: Caller<Who>; call: OperationCall };
export type Upload = { manifest: Uint8Array; bundle: Uint8Array };

export type FuzzWorld<Who> = { known: Known; callers: readonly Who[]; upload: Upload };

/** Calls of an operation as its description allows them, and in every way it does not. */
export function toCalls<Who>(operation: RoutedOperation, world: FuzzWorld<Who>): fc.Arbitrary<FuzzCall<Who>> {
  const input = toInput(operation);
  return fc.record({ caller: toCallers(world.callers), call: toCall(operation, input, world) });
}

function toCallers<Who>(callers: readonly Who[]): fc.Arbitrary<Caller<Who>> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...callers).map((who) => ({ who })) },
    { weight: 1, arbitrary: hostileAuthorization.map((authorization) => ({ authorization })) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function toCall<Who>({ method }: RoutedOperation, input: Input, world: FuzzWorld<Who>): fc.Arbitrary<OperationCall> {
  const inPath = input.parameters.filter((parameter) => parameter.in === "path");
  const inQuery = input.parameters.filter((parameter) => parameter.in === "query");
  const params = fc.record(
    Object.fromEntries(inPath.map(({ name, schema }) => [name, toTextValues(schema, world.known)])),
  );
  const address = fc.record({ params, query: toQuery(inQuery, world.known) });
  const content = method === "GET" ? fc.constant({}) : toContent(input.body, world);
  return fc.tuple(address, content).map(([at, sent]) => ({ ...at, ...sent }));
}

/** Known parameters, some twice; now and then one that nobody knows. */
function toQuery(parameters: readonly Parameter[], known: Known): fc.Arbitrary<[string, string][]> {
  const pairs = parameters.map(({ name, schema }) => fc.tuple(fc.constant(name), toTextValues(schema, known)));
  const stranger = fc
    .tuple(hostileText, hostileText)
    .map(([name, value]): [string, string] => [name.slice(0, 100), value.slice(0, 100)]);
  const none: fc.Arbitrary<[string, string][]> = fc.constant([]);
  const usual = pairs.length > 0 ? fc.array(fc.oneof(...pairs), { maxLength: pairs.length }) : none;
  return fc.oneof(
    { weight: 8, arbitrary: usual },
    { weight: 1, arbitrary: fc.tuple(usual, stranger).map(([some, one]) => [...some, one]) },
  );
}

function toContent<Who>(body: Json | null, { known, upload }: FuzzWorld<Who>): fc.Arbitrary<Partial<OperationCall>> {
  const raw = hostileContent.map(({ content, type }) => ({
    content,
    headers: type === null ? ({} as Record<string, string>) : { "content-type": type },
  }));
  const meant: fc.Arbitrary<Partial<OperationCall>> =
    body && "multipart/form-data" in body
      ? toForms(upload).map((content) => ({ content }))
      : body
        ? toValues((body["application/json"] as { schema: Json }).schema, known).map((value) => ({ body: value }))
        : fc.constantFrom({}, { body: {} });
  return fc.oneof({ weight: 5, arbitrary: meant }, { weight: 1, arbitrary: raw });
}

/** Uploads: a right one, damaged bytes, parts missing, doubled, unknown, too large or not files. */
function toForms({ manifest, bundle }: Upload): fc.Arbitrary<FormData> {
  const bytes = (right: Uint8Array) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(right) },
      { weight: 2, arbitrary: fc.nat({ max: right.length - 1 }).map((at) => flip(right, at)) },
      { weight: 2, arbitrary: fc.nat({ max: right.length }).map((at) => right.subarray(0, at)) },
      fc.constantFrom(new Uint8Array(), new Uint8Array(200_000)),
      fc.uint8Array({ maxLength: 300 }),
    );
  const shape = fc.constantFrom("right", "right", "right", "right", "missing", "double", "unknown", "text");
  return fc.tuple(bytes(manifest), bytes(bundle), shape).map(([first, second, kind]) => {
    const form = new FormData();
    form.append("manifest", kind === "text" ? "{}" : toFile(first));
    if (kind !== "missing") form.append("bundle", toFile(second));
    if (kind === "double") form.append("manifest", toFile(first));
    if (kind === "unknown") form.append("__proto__", toFile(second));
    return form;
  });
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x20;
  return copy;
}

function toFile(bytes: Uint8Array): File {
  return new File([new Uint8Array(bytes)], "part.json");
}
