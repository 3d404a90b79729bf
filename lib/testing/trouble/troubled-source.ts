import type { CatalogueSource } from "#lib/resolver/source.ts";

/** Called before each read, and before each row of a snapshot is taken in. What it throws fails the read. */
export type BeforeRead = (read: string) => Promise<void> | void;

/**
 * A source in which anything may happen between two reads, and in the middle of one: others write, the connection is
 * lost. Everything else goes through unchanged.
 */
export function troubleSource<Source extends CatalogueSource>(source: Source, before: BeforeRead): Source {
  const read = (name: string, method: (...given: unknown[]) => unknown) => {
    return async (...given: unknown[]) => {
      await before(name);
      return method.apply(
        source,
        given.map((value) => (typeof value === "function" ? interrupt(value) : value)),
      );
    };
  };
  const interrupt = (consume: unknown) => {
    return async (...record: unknown[]) => {
      await before("row");
      return (consume as (...given: unknown[]) => unknown)(...record);
    };
  };
  return new Proxy(source, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      const method = value as (...given: unknown[]) => unknown;
      return /^(load|read)/.test(String(name)) ? read(String(name), method) : method.bind(target);
    },
  });
}
