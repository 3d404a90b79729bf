import { approveVersion, recordExpiries, revokeVersion } from "#lib/approval/index.ts";
import { createChannel, getChannel, tagServer, updateChannel } from "#lib/channels/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { getReview } from "#lib/reviews/index.ts";
import type { TestRegistry } from "#lib/testing/lifecycle.ts";
import type { Acknowledged } from "#lib/testing/trouble/ledger-watch.ts";
import { publishVersion, withdrawVersion } from "#lib/versions/index.ts";

export const names = ["com.acme/aa", "com.acme/bb", "com.acme/cc"];
export const versions = ["1.0.0", "2.0.0", "3.0.0"];
export const tags = ["beta", "blessed"];
/** A channel beside the default one: servers by tag, and one by name, until a schedule selects otherwise. */
export const channel = "narrow";

export type Verb =
  | ["publish" | "approve" | "revoke" | "withdraw", name: string, version: string]
  | ["expire"]
  | ["tag", name: string, tags: string[]]
  | ["select", name: string, tag: string];

const reason = "Because of the schedule.";

/** What people and the worker do, by the product's own verbs. */
export class DatabaseVerbs {
  readonly #registry: TestRegistry;

  constructor(registry: TestRegistry) {
    this.#registry = registry;
  }

  /** Three servers: each with a version that resolves and one that waits; one is tagged. */
  async stock(): Promise<void> {
    await createChannel(this.#fresh(this.#registry.admin), {
      slug: channel,
      label: "Narrow",
      audience: "anonymous",
      selection: { include: [{ tag: "blessed" }, { server: names[0] }], exclude: [] },
    });
    for (const name of names) {
      await this.perform(["publish", name, "1.0.0"]);
      await this.perform(["approve", name, "1.0.0"]);
      await this.perform(["publish", name, "2.0.0"]);
    }
    await this.perform(["tag", names[1] ?? "", ["blessed"]]);
  }

  /**
   * @returns the entry that must be in the ledger now; null when there was nothing to do.
   * @throws DomainError as the verb does.
   */
  async perform(verb: Verb): Promise<Acknowledged | null> {
    switch (verb[0]) {
      case "publish":
        return this.#publish(verb[1], verb[2]);
      case "approve":
        return this.#approve(verb[1], verb[2]);
      case "revoke":
        await revokeVersion(this.#fresh(this.#registry.admin), { ...toVersion(verb), reason });
        return acknowledge("version.revoke", verb);
      case "withdraw":
        await withdrawVersion(this.#fresh(this.#registry.publisher), toVersion(verb));
        return acknowledge("version.withdraw", verb);
      case "expire":
        await recordExpiries(this.#registry.system);
        return null;
      case "tag":
        await tagServer(this.#fresh(this.#registry.admin), { name: verb[1], tags: verb[2] });
        return null;
      case "select":
        return this.#select(verb[1], verb[2]);
    }
  }

  async #publish(name: string, version: string): Promise<Acknowledged> {
    const upload = await this.#registry.sign({ ...sampleManifest, name, version });
    await publishVersion(this.#registry.as(this.#registry.publisher), upload);
    return acknowledge("version.publish", ["publish", name, version]);
  }

  async #approve(name: string, version: string): Promise<Acknowledged | null> {
    const row = await db().version.findFirst({ where: { version, server: { name } } });
    if (!row) return null;
    const ctx = this.#fresh(this.#registry.reviewer);
    const { reviewDigest, expiry } = await getReview(ctx, { versionId: row.id });
    await approveVersion(ctx, { versionId: row.id, reviewDigest, expiresAt: expiry.latest });
    return acknowledge("version.countersign", ["approve", name, version]);
  }

  async #select(name: string, tag: string): Promise<Acknowledged | null> {
    const ctx = this.#fresh(this.#registry.admin);
    const { edition } = await getChannel(ctx, { slug: channel });
    await updateChannel(ctx, {
      slug: channel,
      edition,
      selection: { include: [{ tag }, { namespace: "com.acme" }], exclude: [{ server: name }] },
    });
    return null;
  }

  #fresh(actor: PersonActor) {
    return this.#registry.as({ ...actor, authenticatedAt: this.#registry.clock.now() });
  }
}

type OfVersion = [string, name: string, version: string];

function toVersion([, name, version]: OfVersion) {
  return { name, version };
}

function acknowledge(action: string, [, name, version]: OfVersion): Acknowledged {
  return { action, subject: `${name}@${version}` };
}
