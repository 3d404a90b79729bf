/** Whether this process should be sent requests, and if not, what it waits for. */
export class Readiness {
  readonly #checks = new Map<string, () => boolean>([["start", () => this.#started]]);
  #started = false;
  #draining = false;

  /** Adds something that must hold. @param name what is said while it does not; no secret, no name of anybody. */
  require(name: string, isReady: () => boolean): void {
    this.#checks.set(name, isReady);
  }

  /** Everything was opened. */
  begin(): void {
    this.#started = true;
  }

  /** From now on never ready again: the process is to end. */
  drain(): void {
    this.#draining = true;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** Empty when ready. */
  missing(): string[] {
    if (this.#draining) return ["stopping"];
    return [...this.#checks].flatMap(([name, isReady]) => (isReady() ? [] : name));
  }
}
