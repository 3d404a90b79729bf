import pino from "pino";

/** Log of the server process, to standard error: standard output is for people. */
export function createLog(level: string): pino.Logger {
  return pino({ name: "server", base: null, level }, pino.destination(2));
}
