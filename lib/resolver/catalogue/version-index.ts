/** A version that so many servers have is met soon enough by going through all servers. */
const standardMany = 1000;

/**
 * Which servers have an exact version, shown or not, so that one that hardly any server has is found without looking at
 * the others. Some eight bytes for each server of a version, and nothing for versions that many have.
 */
export class VersionIndex {
  /** Null once there were too many: a version that many servers had does not become rare again. */
  readonly #servers = new Map<string, string | string[] | null>();
  readonly #many: number;

  /** @param many more servers than this are not kept of one version. */
  constructor(many = standardMany) {
    this.#many = many;
  }

  add(server: string, versions: Iterable<string>): void {
    for (const version of new Set(versions)) {
      const known = this.#servers.get(version);
      if (known === undefined) this.#servers.set(version, server);
      else if (typeof known === "string") this.#servers.set(version, [known, server]);
      else if (known && known.length >= this.#many) this.#servers.set(version, null);
      else known?.push(server);
    }
  }

  /** @param versions as they were added. */
  remove(server: string, versions: Iterable<string>): void {
    for (const version of new Set(versions)) {
      const known = this.#servers.get(version);
      if (known === server) this.#servers.delete(version);
      else if (Array.isArray(known)) this.#shorten(version, known, known.indexOf(server));
    }
  }

  /** @returns null when there may be many. */
  serversOf(version: string): readonly string[] | null {
    const known = this.#servers.get(version);
    return typeof known === "string" ? [known] : known === undefined ? [] : known;
  }

  #shorten(version: string, servers: string[], place: number): void {
    const last = servers.pop() ?? "";
    if (place < servers.length) servers[place] = last;
    if (servers.length === 0) this.#servers.delete(version);
  }
}
