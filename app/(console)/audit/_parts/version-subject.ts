/** Name and version out of an event's subject, `namespace/server@version`; null for a subject about something else. */
export function toVersionSubject(subject: string): { name: string; version: string } | null {
  const match = /^([^/@\s]+\/[^/@\s]+)@(\S+)$/.exec(subject);
  return match?.[1] && match[2] ? { name: match[1], version: match[2] } : null;
}
