/** What the command's exit status means. Documented in docs/cli.md; scripts rely on these numbers. */
export const EXIT = {
  done: 0,
  internal: 1,
  /** Wrong arguments, a file that cannot be read or written, no registry chosen. */
  usage: 2,
  manifestInvalid: 3,
  /** The registry said no, for a reason of its own. */
  refused: 4,
  /** Not signed in, or signed in without the right. */
  notAllowed: 5,
  notFound: 6,
  verificationFailed: 7,
  /** No connection, time-out, or an error on the registry's side: trying again may help. */
  unavailable: 8,
  /** What was pinned about this registry differs now, or nothing is pinned and nobody can be asked. */
  registryNotTrusted: 9,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
