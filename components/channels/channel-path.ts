/** Address of a channel's page in the console. */
export function channelPath(slug: string): string {
  return `/channels/${encodeURIComponent(slug)}`;
}
