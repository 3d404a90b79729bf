import type { Role } from "#lib/config/index.ts";

/** What a process of a role does. */
export type Parts = {
  /** Migrates the database, installs the registry, holds its private key and the session secret. */
  control: boolean;
  /** Serves the read API from a catalogue of its own. */
  read: boolean;
  /** Does background work. */
  work: boolean;
};

/**
 * The parts of each role. A web process reads from a catalogue of its own, as its pages need one: it then depends on no
 * other process, and the secret that opens the whole catalogue to its pages never leaves the process tree.
 */
export const partsOf: Readonly<Record<Role, Parts>> = {
  all: { control: true, read: true, work: true },
  web: { control: true, read: true, work: false },
  resolver: { control: false, read: true, work: false },
  worker: { control: false, read: false, work: true },
};
