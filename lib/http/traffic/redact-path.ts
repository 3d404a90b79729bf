const hidden = "[secret]";
const maxChars = 300;

/** Any of our secrets, whole or cut: see lib/access/tokens. */
const secretForm = /cs[a-z]_[0-9a-z]{8}/i;

/** The secret of a capability channel's address, whole. */
const addressSecretForm = /csc_[0-9A-Za-z]{49}/;

/** Whether a path holds what has the form of a capability channel's secret, wherever it stands and however encoded. */
export function holdsAddressSecret(path: string): boolean {
  return addressSecretForm.test(decode(path));
}

/**
 * A raw request target for the log: its path without the query, whose values may be anything, and without secrets: not
 * the part of a capability channel's address that is one, right or wrong, nor whatever has the form of one. At most 300
 * characters.
 */
export function redactPath(rawUrl: string): string {
  const path = rawUrl.split(/[?#]/, 1)[0] ?? "";
  const segments = path.slice(0, 4 * maxChars).split("/");
  const shown = segments.map((segment, at) => (isSecret(segments, segment, at) ? hidden : segment)).join("/");
  return shown.length > maxChars ? `${shown.slice(0, maxChars)}…` : shown;
}

function isSecret(segments: string[], segment: string, at: number): boolean {
  return secretForm.test(decode(segment)) || (isChannelPath(segments) && at === 3 && !isVersionPrefix(segment));
}

function isChannelPath(segments: string[]): boolean {
  return decode(segments[1] ?? "").toLowerCase() === "c";
}

function isVersionPrefix(segment: string): boolean {
  return segment === "v0.1" || segment === "v0" || segment === "";
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
