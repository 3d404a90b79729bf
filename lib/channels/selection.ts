import { z } from "zod";

/** Name part, or `*` alone, or a prefix of whole segments followed by `.*`. */
const namespacePattern = z
  .string()
  .max(200)
  .regex(
    /^(?:\*|[A-Za-z0-9][A-Za-z0-9.-]*?(?:\.\*)?)$/,
    "Write a namespace, io.github.acme.* for all below one, or *.",
  );

/** Shape of one server name; whether it exists is not asked. */
const serverName = z
  .string()
  .max(300)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9.-]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/,
    "Write a whole server name, such as com.example/weather.",
  );

export const tagSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, "Use lower-case letters, digits and hyphens, at most 40.");

/** Matches a server when every part that is given does. */
export const clauseSchema = z
  .strictObject({ namespace: namespacePattern.optional(), server: serverName.optional(), tag: tagSchema.optional() })
  .refine(
    ({ namespace, server, tag }) => namespace ?? server ?? tag,
    "Say what to select: a namespace, server or tag.",
  );

const maxClauses = 200;

/** Which servers a channel shows: those that some `include` matches and no `exclude`. Nothing included shows nothing. */
export const selectionSchema = z.strictObject({
  include: z.array(clauseSchema).max(maxClauses),
  exclude: z.array(clauseSchema).max(maxClauses),
});

export type Clause = z.output<typeof clauseSchema>;
export type Selection = z.output<typeof selectionSchema>;

/** A selection as stored. One that is none selects nothing. */
export function readSelection(stored: unknown): Selection {
  const read = selectionSchema.safeParse(stored);
  return read.success ? read.data : { include: [], exclude: [] };
}

/** What a selection looks at. Tags in lower case, as stored. */
export type SelectedServer = { name: string; tags: readonly string[] };

/**
 * The selection as a test of one server. Names count ignoring case, as they are unique ignoring case; a pattern ending
 * in `.*` takes the namespaces below it, not the one it names.
 */
export function toSelector({ include, exclude }: Selection): (server: SelectedServer) => boolean {
  const included = include.map(toTest);
  const excluded = exclude.map(toTest);
  return ({ name, tags }) => {
    const lowered = { name: name.toLowerCase(), tags };
    return included.some((test) => test(lowered)) && !excluded.some((test) => test(lowered));
  };
}

function toTest({ namespace, server, tag }: Clause): (server: SelectedServer) => boolean {
  const inNamespace = namespace === undefined ? null : toNamespaceTest(namespace.toLowerCase());
  const name = server?.toLowerCase();
  return (asked) =>
    (inNamespace === null || inNamespace(asked.name)) &&
    (name === undefined || asked.name === name) &&
    (tag === undefined || asked.tags.includes(tag)) &&
    (inNamespace !== null || name !== undefined || tag !== undefined);
}

function toNamespaceTest(pattern: string): (name: string) => boolean {
  if (pattern === "*") return () => true;
  if (!pattern.endsWith(".*")) return (name) => name.startsWith(`${pattern}/`);
  const prefix = pattern.slice(0, -1);
  return (name) => name.startsWith(prefix) && name.indexOf("/") > prefix.length;
}
