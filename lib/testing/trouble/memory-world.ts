import { channelRow, tokenRow, tokenText } from "#lib/resolver/testing/channels.ts";
import { type Backup, LifecycleModel } from "#lib/resolver/testing/lifecycle-model.ts";
import type { TestRegistry } from "#lib/resolver/testing/registry.ts";
import { ConnectionLost, TroubledReader } from "#lib/testing/trouble/memory-reader.ts";
import { type Interruption, readers, type Step, type Write } from "#lib/testing/trouble/memory-steps.ts";

const team = channelRow("team", { audience: "token", selection: { include: [{ tag: "a" }], exclude: [] } });

/** One control plane, its backup, and readers in trouble: every step happens when and in the order it is told to. */
export class MemoryWorld {
  readonly readers: TroubledReader[];
  readonly #model: LifecycleModel;
  #backup: Backup;
  #latestClock: number;

  constructor(registry: TestRegistry) {
    this.#model = new LifecycleModel(registry);
    this.#model.source.access.channels = [channelRow("default"), team];
    this.#backup = this.#model.backUp();
    this.#latestClock = this.#model.clock;
    this.readers = Array.from({ length: readers }, () => new TroubledReader(this.#model.source, registry));
  }

  async run(step: Step): Promise<void> {
    switch (step[0]) {
      case "follow":
        await this.#follow(this.#reader(step[1]), step[2]);
        break;
      case "restart":
        this.#reader(step[1]).restart();
        break;
      case "cut":
        this.#reader(step[1]).cut = true;
        break;
      case "mend":
        this.#reader(step[1]).cut = false;
        break;
      case "reader clock":
        this.#reader(step[1]).replica.clock = this.#model.clock + step[2];
        break;
      default:
        this.#write(step);
    }
    this.#latestClock = Math.max(
      this.#latestClock,
      this.#model.clock,
      ...this.readers.map(({ replica }) => replica.clock),
    );
    for (const reader of this.readers) reader.assertNothingRevokedIsBack();
  }

  /** Everything can be read again, clocks agree and are no earlier than any was, and readers follow to the end. */
  async settle(): Promise<void> {
    this.#model.source.poisoned.clear();
    this.#model.clock = this.#latestClock;
    this.#model.recordExpiries();
    for (const reader of this.readers) {
      reader.cut = false;
      reader.replica.clock = this.#model.clock;
      await reader.follow();
      reader.assertNothingRevokedIsBack();
    }
  }

  #follow(reader: TroubledReader, interruptions: readonly Interruption[]): Promise<void> {
    return reader.follow(interruptions.map((each) => () => this.#interrupt(each, reader)));
  }

  #interrupt(interruption: Interruption, { replica }: TroubledReader): void | Promise<void> {
    if (interruption === null) return;
    if (interruption[0] === "follow beside") return replica.followBeside();
    if (interruption[0] === "lose") throw new ConnectionLost();
    if (interruption[0] === "replace") return this.#write(["restore"]);
    this.#write(interruption);
    // A database that is replaced ends every connection to it.
    if (interruption[0] === "restore") throw new ConnectionLost();
  }

  #write(write: Write): void {
    switch (write[0]) {
      case "approve":
        return this.#model.approve(write[1], write[2], write[3]);
      case "revoke":
        return this.#model.revoke(write[1], write[2]);
      case "quarantine":
        return this.#model.quarantine(write[1], write[2]);
      case "expire":
        return this.#model.recordExpiries();
      case "rotate keys":
        return this.#model.source.append(null, "registry-key.rotate");
      case "back up":
        this.#backup = this.#model.backUp();
        return;
      case "restore":
        return this.#model.restore(this.#backup);
      case "poison":
        this.#model.source.poisoned.add(write[1]);
        return;
      case "cure":
        this.#model.source.poisoned.delete(write[1]);
        return;
      case "clock":
        this.#model.clock += write[1];
        return;
      case "tag":
        return this.#model.tagServer(write[1], write[2]);
      case "edit":
        return this.#model.editChannel(team.slug, write[1]);
      case "give":
        return this.#setToken(write[1], true);
      case "take":
        return this.#setToken(write[1], false);
    }
  }

  #setToken(fill: string, isThere: boolean): void {
    const { source } = this.#model;
    const row = tokenRow(tokenText(fill), [team]);
    const others = source.access.tokens.filter(({ sha256 }) => sha256 !== row.sha256);
    source.access.tokens = isThere ? [...others, row] : others;
    source.append(null, isThere ? "token.create" : "token.revoke");
  }

  #reader(at: number): TroubledReader {
    const found = this.readers[at];
    if (!found) throw new RangeError("no such reader");
    return found;
  }
}
