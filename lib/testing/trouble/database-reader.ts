import { existsSync, readFileSync } from "node:fs";
import type { DatabaseSource } from "#lib/resolver/store.ts";
import { createDatabaseSource } from "#lib/resolver/store.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import type { TestRegistry } from "#lib/resolver/testing/registry.ts";
import { troubleSource } from "#lib/testing/trouble/troubled-source.ts";

export type ReaderOptions = {
  url: string;
  registry: Pick<TestRegistry, "registryId" | "keySet">;
  /** Where this reader keeps the revocations it has seen, across restarts. */
  revocationsFile: string;
  clock: () => number;
};

type WireVersion = {
  server: { name: string; version: string };
  _meta: {
    "io.modelcontextprotocol.registry/official": { status: string; statusMessage?: string };
    "countersign/approval": { manifest: { digest: string } };
  };
};

/** A reader on a real database: killed and started again, cut off, deafened to notifications, losing single reads. */
export class DatabaseReader {
  readonly #options: ReaderOptions;
  readonly #revoked = new Set<string>();
  #running: { plane: TestPlane; source: DatabaseSource } | null = null;
  #ending: Promise<void> = Promise.resolve();
  #cutOff = false;
  #deaf = false;
  #lostReads: number[] = [];

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** A new process where none runs. One that cannot load ends again, as the product's does. */
  async start(): Promise<void> {
    if (this.#running) return;
    await this.#ending;
    const running = await this.open(true);
    this.#running = running;
    await running.plane.start().catch(() => this.kill());
  }

  /** Ends at once, whatever it is doing; `settled` waits until it has. */
  kill(): void {
    const running = this.#running;
    this.#running = null;
    if (!running) return;
    this.#ending = this.#ending.then(async () => {
      await running.plane.close();
      await running.source.close();
    });
  }

  async settled(): Promise<void> {
    await this.#ending;
  }

  cutOff(): void {
    this.#cutOff = true;
  }

  deafen(): void {
    this.#deaf = true;
  }

  mend(): void {
    this.#cutOff = false;
    this.#deaf = false;
    this.#lostReads = [];
  }

  /** Its connection is lost just before the read after so many others. */
  loseRead(after: number): void {
    this.#lostReads.push(after);
  }

  /** The revocations it has on disk, one signed statement a line, in an order that does not depend on when. */
  memory(): string {
    const { revocationsFile } = this.#options;
    const lines = existsSync(revocationsFile) ? readFileSync(revocationsFile, "utf8").split("\n") : [];
    return [...new Set(lines)].sort().join("\n");
  }

  get plane(): TestPlane | null {
    return this.#running?.plane ?? null;
  }

  /** A reader of the same database with the same memory of revocations. @param troubled with this one's troubles. */
  async open(troubled: boolean): Promise<{ plane: TestPlane; source: DatabaseSource }> {
    const { url, registry, revocationsFile, clock } = this.#options;
    const source = createDatabaseSource(url, recordingLog());
    const readSource = troubled
      ? {
          ...troubleSource(source, () => this.#beforeRead()),
          listen: (wake: () => void) => source.listen(() => void (this.#deaf || wake())),
        }
      : source;
    const plane = await listenPlane({ registry, source: readSource, revocationsFile, clock });
    return { plane, source };
  }

  /** @throws Error for a version that this reader has shown as revoked and now shows otherwise. */
  async assertNothingRevokedIsBack(): Promise<void> {
    const { plane } = this;
    if (!plane?.health().ready) return;
    const { json } = await plane.ask("/v0.1/servers?limit=100&include_deleted=true");
    for (const { server, _meta } of json<{ servers: WireVersion[] }>().servers) {
      const { status, statusMessage } = _meta["io.modelcontextprotocol.registry/official"];
      const key = `${server.name}@${server.version} ${_meta["countersign/approval"].manifest.digest}`;
      if (status === "deleted" && statusMessage?.startsWith("Revoked")) this.#revoked.add(key);
      else if (this.#revoked.has(key)) throw new Error(`${key} was revoked and is ${status} again`);
    }
  }

  #beforeRead(): void {
    if (this.#cutOff) throw new Error("connection refused");
    this.#lostReads = this.#lostReads.map((left) => left - 1);
    if (!this.#lostReads.some((left) => left < 0)) return;
    this.#lostReads = this.#lostReads.filter((left) => left >= 0);
    throw new Error("Connection terminated unexpectedly");
  }
}
