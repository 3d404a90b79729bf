/** Form of URLs. Only characters a URL may hold are let through, so every reader takes the same host from it. */

const urlCharacters = /^[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%{}-]+$/;
const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:/;
const placeholder = /\{([^{}]*)\}/g;

export type AddressFault = "malformed" | "relative" | "scheme" | "credentials";

/** What is wrong with a plain https URL without templates, or null. */
export function findAddressFault(text: string): AddressFault | null {
  if (!urlCharacters.test(text) || /[{}]/.test(text)) return "malformed";
  if (!scheme.test(text)) return "relative";
  const url = parseUrl(text);
  if (!url) return /^https?:/i.test(text) ? "malformed" : "scheme";
  if (url.protocol !== "https:") return "scheme";
  if (!/^https:\/\/[^/]/i.test(text) || url.hostname === "") return "malformed";
  return url.username === "" && url.password === "" ? null : "credentials";
}

/** The URL when it is a well-formed https one that may be linked to, else null. */
export function toHttpsLink(text: string): string | null {
  return findAddressFault(text) === null ? text : null;
}

/** Names in `{curly braces}`, in order, each once. */
export function listTemplateNames(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map((match) => match[1] ?? ""))];
}

/**
 * The URL a template stands for, with harmless values in place of its names, or null when it is no http(s) URL
 * with a host. A template cannot stand for the scheme or hold credentials.
 */
export function parseTemplatedUrl(text: string): URL | null {
  if (!urlCharacters.test(text) || !/^https?:\/\/[^/?#]/.test(text)) return null;
  const sample = text.replace(/:\{[^{}]+\}(?=\/|$)/g, ":8080").replace(placeholder, "placeholder");
  const url = /[{}]/.test(sample) ? null : parseUrl(sample);
  return url && url.hostname !== "" && url.username === "" && url.password === "" ? url : null;
}

/** Host and port as written in a URL or URL template (`{tenant}.example.com`), lower case; null when there is none. */
export function hostOf(text: string): string | null {
  if (!parseTemplatedUrl(text)) return null;
  return /^https?:\/\/([^/?#]+)/.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** Whether a host name is the reader's own machine. Other private addresses are a private registry's business. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  return (
    host === "localhost" || host.endsWith(".localhost") || /^127\./.test(host) || host === "[::1]" || host === "0.0.0.0"
  );
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
