import fc from "fast-check";
import type { Json } from "#lib/api-docs/json-schema.ts";
import { hostileText, hostileValue } from "#lib/testing/api-docs/fuzz/hostile.ts";

/** Values met before: ids, names and digests that exist, so that calls get past the first "not found". */
export type Known = { ids: readonly string[]; texts: readonly string[] };

/** Values of a schema at and around its bounds, now and then of something else. */
export function toValues(schema: Json, known: Known, depth = 0): fc.Arbitrary<unknown> {
  const strange = { weight: 1, arbitrary: hostileValue };
  return fc.oneof({ weight: depth === 0 ? 12 : 6, arbitrary: toMeant(schema, known, depth) }, strange);
}

function toMeant(schema: Json, known: Known, depth: number): fc.Arbitrary<unknown> {
  const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choices) return fc.oneof(...choices.map((choice) => toMeant(choice, known, depth)));
  if ("const" in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  switch (schema.type) {
    case "string":
      return toTexts(schema, known);
    case "integer":
    case "number":
      return toNumbers(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(toValues(schema.items as Json, known, depth + 1), { maxLength: 4 });
    case "object":
      return toObjects(schema, known, depth);
    default:
      return hostileValue;
  }
}

function toTexts({ format, pattern, maxLength }: Json, known: Known): fc.Arbitrary<string> {
  if (format === "uuid") return fc.oneof(fc.constantFrom(...known.ids), fc.uuid());
  if (format === "date-time") return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (format === "date") return fc.constantFrom("2026-12-31", "2027-01-15", "1970-01-01");
  const texts = [fc.constantFrom(...known.texts)];
  if (typeof pattern === "string") texts.push(fc.stringMatching(new RegExp(pattern)));
  if (typeof maxLength === "number") {
    for (const length of [maxLength, maxLength + 1]) texts.push(fc.constant("x".repeat(length)));
  }
  return fc.oneof(...texts, fc.string({ minLength: 1, maxLength: 30 }));
}

function toNumbers({ minimum, maximum }: Json): fc.Arbitrary<number> {
  const low = Number(minimum ?? 0);
  const high = Number(maximum ?? 1000);
  return fc.oneof(
    fc.constantFrom(low, high, low - 1, high + 1),
    fc.integer({ min: low, max: Math.min(high, low + 100) }),
  );
}

/** Mostly whole; sometimes a member is missing or one too many. */
function toObjects({ properties = {}, required = [] }: Json, known: Known, depth: number): fc.Arbitrary<unknown> {
  const members = Object.entries(properties as Record<string, Json>).map(([name, schema]) => [
    name,
    toValues(schema, known, depth + 1),
  ]);
  const record = (requiredKeys: string[]) => fc.record<Json, string>(Object.fromEntries(members), { requiredKeys });
  const whole = record(required as string[]);
  const torn = record([]);
  const extra = fc
    .tuple(whole, hostileText, hostileValue)
    .map(([object, name, value]) => ({ ...object, [name]: value }));
  return fc.oneof({ weight: 6, arbitrary: whole }, { weight: 1, arbitrary: torn }, { weight: 1, arbitrary: extra });
}

/** What is put into an address. */
export function toTextValues(schema: Json, known: Known): fc.Arbitrary<string> {
  const meant = toMeant(schema, known, 0).map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return fc.oneof({ weight: 6, arbitrary: meant }, { weight: 1, arbitrary: hostileText });
}
