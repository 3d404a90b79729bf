export type ServerParams = Promise<{ namespace: string; server: string }>;

/** The server's name from the two segments of the address. */
export async function readServerName(params: ServerParams): Promise<string> {
  const { namespace, server } = await params;
  return `${decodeSegment(namespace)}/${decodeSegment(server)}`;
}

/** Segments arrive percent-encoded; one with a broken encoding stays as it is and names nothing. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
