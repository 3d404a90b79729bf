/**
 * Why something was refused, in a word or a short sentence: the problem code, or the reason written down with the
 * event. Null where the bytes state neither, as for a sign-in that succeeded. Not escaped.
 * @param body the exact bytes of an event of the refusal chain, as text
 */
export function readRefusalReason(body: string): string | null {
  const { code, reason } = detailsOf(body);
  if (typeof code === "string") return code;
  return typeof reason === "string" ? reason : null;
}

function detailsOf(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body)?.details ?? {};
  } catch {
    return {};
  }
}
