/** The part of a server name before its one slash. */
export function namespaceOf(serverName: string): string {
  return serverName.slice(0, serverName.indexOf("/"));
}

/** How the ledger, the evidence pack and people name a version. */
export function toSubject(name: string, version: string): string {
  return `${name}@${version}`;
}

/**
 * Names that people take for each other fold to the same text: case and the separators `-`, `_`, `.` do not count.
 */
export function foldName(serverName: string): string {
  return serverName.toLowerCase().replace(/[-_.]+/g, "-");
}
