import { z } from "zod";

/** The schema as it is: a compile error unless it describes exactly the view, no more and no less. */
export function shapeOf<View>() {
  return <Schema extends z.ZodType<View>>(schema: [View] extends [z.output<Schema>] ? Schema : never): Schema => schema;
}

export const time = z.iso.datetime();
export const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
/** A SHA-256 in hexadecimal digits, without the name of the algorithm. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const text = z.string();
export const maybeText = z.string().nullable();
export const maybeTime = time.nullable();
export const id = z.uuid();
/** How many, or the how-manieth. */
export const count = z.int().min(0);
