import { z } from "zod";
import { DomainError } from "#lib/core/errors.ts";

const maxFields = 200;
const maxFileBytes = 256 * 1024;

/**
 * A form as a plain object: `name[]` gives an array, files give their bytes, React's own fields are left out. The last
 * of several equal names wins unless the name ends in `[]`.
 * @throws DomainError `payload-too-large`.
 */
export async function toFormObject(form: FormData): Promise<Record<string, unknown>> {
  // Without a prototype: a field may be called __proto__ or constructor.
  const value: Record<string, unknown> = Object.create(null);
  let count = 0;
  for (const [name, entry] of form) {
    if (name.startsWith("$ACTION")) continue;
    if (++count > maxFields) throw new DomainError("payload-too-large", "The form has too many fields.");
    const content = typeof entry === "string" ? entry : await readFile(entry);
    if (name.endsWith("[]")) {
      const key = name.slice(0, -2);
      value[key] = [...((value[key] as unknown[] | undefined) ?? []), content];
    } else value[name] = content;
  }
  return value;
}

async function readFile(file: File): Promise<Buffer> {
  if (file.size > maxFileBytes) throw new DomainError("payload-too-large", "The file is too large.");
  return Buffer.from(await file.arrayBuffer());
}

/** A field that is JSON text in a form and the value itself in a direct call. */
export function jsonField<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value, at) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch {
      at.addIssue({ code: "custom", message: "Not JSON." });
      return z.NEVER;
    }
  }, schema);
}

/** A checkbox: absent is false, `on` and `true` are true. */
export const checkboxField = z.preprocess((value) => value === true || value === "on" || value === "true", z.boolean());

/** An optional text field: a form sends it empty, which is the same as absent. */
export function optionalField<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" || value === null ? undefined : value), schema.optional());
}
