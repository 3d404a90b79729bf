import * as access from "#lib/access/index.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { createClock, createCtx, createPerson } from "#lib/testing/actors.ts";
import { createTestDatabase } from "#lib/testing/database.ts";
import { provideInstanceSecret } from "#lib/testing/instance-secret.ts";

export const password = "four calm grey herons";
export const nobody = { kind: "anonymous" } as const;
export const host = { kind: "system", name: "host" } as const;

/** Where people join, sign in and leave: a database, an instance secret, a clock, and an address to come from. */
export class AccessStage {
  clock = createClock();
  #address = 1;
  #close: () => Promise<void> = async () => {};

  /** Call in `beforeAll`. */
  async open(): Promise<void> {
    const removeSecret = provideInstanceSecret();
    const database = await createTestDatabase();
    this.#close = async () => {
      await database.drop();
      removeSecret();
    };
  }

  /** Call in `afterAll`. */
  close(): Promise<void> {
    return this.#close();
  }

  /** From here on calls come from another address, so that throttles do not meet. Call in `beforeEach`. */
  moveOn(): void {
    this.clock = createClock();
    this.changeAddress();
  }

  changeAddress(): void {
    this.#address++;
  }

  at(actor: Ctx["actor"]): Ctx {
    const address = `198.51.${Math.floor(this.#address / 250)}.${this.#address % 250}`;
    return createCtx(actor, { now: this.clock.now, address });
  }

  admin(): Promise<PersonActor> {
    return createPerson({ grants: [["admin", "*"]] }, this.clock.now());
  }

  /** A member who joined by a link, as people do. */
  async join(grants: { role: "reviewer" | "publisher" | "admin"; namespace: string }[] = []) {
    const email = `member${Math.random().toString(36).slice(2, 10)}@example.com`;
    const link = await access.invitePerson(this.at(await this.admin()), { email, name: "Member", grants });
    const { personId } = await access.acceptInvitation(this.at(nobody), { token: tokenOf(link), password });
    return { email, personId };
  }

  async signIn(email: string, totp?: string): Promise<PersonActor> {
    const { sessionId } = await access.signIn(this.at(nobody), { email, password, totp }, "browser");
    const actor = await access.actorFromSession({ id: sessionId }, this.clock.now());
    if (!actor) throw new Error("the session is not open");
    return actor;
  }
}

export function tokenOf(link: { url: string }): string {
  return new URL(link.url).hash.replace("#token=", "");
}
