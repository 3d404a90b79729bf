/** The product cannot start, for a reason the operator can act on. Shown without a stack. */
export class StartError extends Error {
  /** Exit code: 78 when a setting or the installation is wrong, 75 when trying again later may help. */
  readonly exitCode: number;

  constructor(message: string, exitCode: 75 | 78 = 78, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "StartError";
    this.exitCode = exitCode;
  }
}
