/** The channel that answers at the registry's own `/v0.1`. It always exists. */
export const defaultSlug = "default";

/**
 * Base URL to which clients append `/v0.1/…`.
 * @param registryId PUBLIC_URL as stored at installation, without a trailing slash.
 * @param secret of a capability channel, part of its address.
 * @returns null for a capability channel without its secret.
 */
export function toChannelAddress(
  registryId: string,
  { slug, audience }: { slug: string; audience: string },
  secret: string | null = null,
): string | null {
  if (slug === defaultSlug) return registryId;
  if (audience !== "capability") return `${registryId}/c/${slug}`;
  return secret === null ? null : `${registryId}/c/${slug}/${secret}`;
}
