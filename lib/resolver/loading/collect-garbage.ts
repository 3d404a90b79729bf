type Collect = (options: { type: "major"; execution: "sync"; flavor: "last-resort" }) => void;

/**
 * Gives back to the system what loading a large catalogue left behind, which the collector would otherwise keep for its
 * next growth. Takes about a millisecond for each MB that stays, and nothing else runs meanwhile: not for a process
 * that is answering. Does nothing without `--expose-gc`.
 */
export function collectGarbage(): void {
  const collect = (globalThis as { gc?: Collect }).gc;
  collect?.({ type: "major", execution: "sync", flavor: "last-resort" });
}
