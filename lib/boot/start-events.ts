/** What a start tells while it goes on. */
export type StartEvents = {
  say: (message: string) => void;
  warn: (message: string) => void;
  /** The product cannot go on: its database is gone. */
  lost: (error: Error) => void;
};
