import type { Log } from "#lib/resolver/source.ts";
import type { VerifiedVersion } from "#lib/resolver/verified-version.ts";

/**
 * Revocations whose signature this process has seen. A revocation is for ever, so a database that no longer has it is
 * wrong, whether it was restored from an old backup or edited: the version stays hidden and an alarm is logged.
 */
export class RevocationMemory {
  readonly #revoked = new Map<string, Map<string, VerifiedVersion>>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Remembers what is revoked here and puts back what was revoked before. */
  apply(name: string, versions: readonly VerifiedVersion[]): VerifiedVersion[] {
    for (const facts of versions) if (facts.revoked) this.#remember(facts);
    const revoked = this.#revoked.get(name);
    if (!revoked) return [...versions];
    const others = versions.filter((facts) => !revoked.has(facts.version));
    for (const facts of versions) if (revoked.has(facts.version) && !facts.revoked) this.#alarm(facts);
    return [...others, ...revoked.values()];
  }

  #remember(facts: VerifiedVersion): void {
    const known = this.#revoked.get(facts.name) ?? new Map<string, VerifiedVersion>();
    this.#revoked.set(facts.name, known.set(facts.version, facts));
  }

  #alarm({ name, version }: VerifiedVersion): void {
    const fields = { event: "revocation-vanished", server: name, version };
    this.#log.error(fields, "The database no longer has a signed revocation: the version stays hidden");
  }
}
