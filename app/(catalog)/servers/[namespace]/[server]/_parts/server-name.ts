export type NamedServer = { namespace: string; server: string };
export type ServerParams = Promise<NamedServer>;

/** The server's name from the two segments of the address. */
export async function readServerName(params: ServerParams): Promise<string> {
  return toServerName(await params);
}

/** Segments arrive percent-encoded; one with a broken encoding stays as it is and names nothing. */
export function toServerName({ namespace, server }: NamedServer): string {
  return `${decodeSegment(namespace)}/${decodeSegment(server)}`;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
