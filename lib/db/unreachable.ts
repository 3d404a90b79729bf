/** Prisma's own codes, those of sockets, and SQLSTATEs: cannot be reached, gone in between, full, shut down, starting. */
const awayCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2037", "53300", "57P01", "57P02", "57P03"]);
const connectionException = /^08[0-9A-Z]{3}$/;
const socketCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT"]);
const awayKinds = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections"]);
/** What the driver says without a code: no connection in time, one that broke, a local socket that is not there. */
const awayMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)|^connect E[A-Z]+ \S*\.s\.PGSQL\.\d+$/;

/**
 * Whether something failed because the database does not answer, however deep Prisma wraps it: no connection, a broken
 * one, none to spare, a server that shuts down or is starting. Wrong credentials and wrong statements are not that.
 * What was sent over a connection that broke may have been committed.
 */
export function isUnreachable(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { name, code, originalCode, kind, message, cause, meta } = error as Record<string, unknown>;
  if ([code, originalCode].some((c) => typeof c === "string" && (awayCodes.has(c) || connectionException.test(c))))
    return true;
  if (typeof kind === "string" && awayKinds.has(kind)) return true;
  // Other parts of the product open sockets, too; Prisma opens none but to the database.
  if (name === "PrismaClientKnownRequestError" && typeof code === "string" && socketCodes.has(code)) return true;
  if (typeof message === "string" && awayMessage.test(message)) return true;
  const driver = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return isUnreachable(cause, depth + 1) || isUnreachable(driver, depth + 1);
}
