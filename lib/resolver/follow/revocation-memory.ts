import { encodeApprovalMeta } from "#lib/resolver/catalogue/approval-meta.ts";
import { approvalMetaOf, joinHead, manifestOf, namesDigest } from "#lib/resolver/catalogue/signed-head.ts";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { RevocationFile } from "#lib/resolver/follow/revocation-file.ts";
import type { Log } from "#lib/resolver/source.ts";
import { type VerifiedApproval, verifyApproval } from "#lib/signing/index.ts";

/** Where signed revocations outlive the process. */
export type KeptRevocations = Pick<RevocationFile, "read" | "append">;

/**
 * Revocations whose signature this reader has seen, kept across restarts when it has a file. A revocation is for ever,
 * so a database that no longer has one is wrong, whether it was restored from an old backup or edited: the version
 * stays hidden and an alarm is logged.
 */
export class RevocationMemory {
  readonly #revoked = new Map<string, VerifiedApproval>();
  readonly #file: KeptRevocations | null;
  readonly #log: Log;

  constructor(file: KeptRevocations | null, log: Log) {
    this.#file = file;
    this.#log = log;
  }

  /** Reads the file again; lines that are no revocation by these keys are left out with an alarm. */
  async load(trust: Trust): Promise<void> {
    for (const bundle of (await this.#file?.read()) ?? []) {
      const verdict = verifyApproval({ bundleBytes: bundle, ...trust });
      if (verdict.ok && verdict.approval.predicate.state === "revoked") this.#keep(verdict.approval);
      else this.#log.error({ event: "remembered-revocation-refused" }, "A remembered revocation cannot be verified");
    }
  }

  /** Servers of which something was revoked, each once. */
  servers(): string[] {
    return [...new Set([...this.#revoked.values()].map(({ predicate }) => predicate.name))];
  }

  /**
   * Remembers what is revoked here and hides what was revoked before.
   * @param concerns which versions to look at; all when not given.
   */
  apply(
    name: string,
    versions: readonly VerifiedVersion[],
    concerns: (facts: VerifiedVersion) => boolean = () => true,
  ): VerifiedVersion[] {
    return versions.map((facts) => {
      if (!concerns(facts)) return facts;
      if (facts.revocation) return this.#remember(facts, facts.revocation);
      const statement = this.#revoked.get(toKey(name, facts.version));
      const same = statement && namesDigest(approvalMetaOf(facts), "manifest", statement.manifestDigest);
      return same ? this.#hide(facts, statement) : facts;
    });
  }

  #remember(facts: VerifiedVersion, { statement, bundle }: NonNullable<VerifiedVersion["revocation"]>) {
    if (!this.#revoked.has(toKey(facts.name, facts.version))) this.#file?.append(bundle);
    this.#keep(statement);
    return facts;
  }

  #keep(statement: VerifiedApproval): void {
    this.#revoked.set(toKey(statement.predicate.name, statement.predicate.version), statement);
  }

  #hide(facts: VerifiedVersion, statement: VerifiedApproval): VerifiedVersion {
    const fields = { event: "revocation-vanished", server: facts.name, version: facts.version };
    this.#log.error(fields, "The database no longer has a signed revocation: the version stays hidden");
    return {
      ...facts,
      ...joinHead(manifestOf(facts), encodeApprovalMeta(statement)),
      hidden: { message: "Revoked." },
      expiresAt: null,
      firstApproval: facts.firstApproval ?? Buffer.from(approvalMetaOf(facts)),
    };
  }
}

/** Neither part of the key can contain a space. */
function toKey(name: string, version: string): string {
  return `${name} ${version}`;
}
