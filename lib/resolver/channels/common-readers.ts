import type { AccessRecord, ReaderTokenRecord, SecretRecord } from "#lib/resolver/source.ts";

type Readers = Pick<AccessRecord, "secrets" | "tokens">;

/** Who may read by what was known before and by what is known now, what each may read by both, and until the earlier end. */
export function commonReaders(before: Readers, now: Readers): Readers {
  const [secrets, tokens] = [byId(now.secrets), byId(now.tokens)];
  return {
    secrets: before.secrets.flatMap((secret) => narrowSecret(secret, secrets.get(secret.id)) ?? []),
    tokens: before.tokens.flatMap((token) => narrowToken(token, tokens.get(token.id)) ?? []),
  };
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function narrowSecret(before: SecretRecord, now: SecretRecord | undefined): SecretRecord | null {
  if (now?.sha256 !== before.sha256 || now.channelId !== before.channelId) return null;
  return { ...before, expiresAt: earlier(before.expiresAt, now.expiresAt) };
}

function narrowToken(before: ReaderTokenRecord, now: ReaderTokenRecord | undefined): ReaderTokenRecord | null {
  if (now?.sha256 !== before.sha256) return null;
  const channels = before.channels.filter((id) => now.channels.includes(id));
  return { ...before, channels, expiresAt: earlier(before.expiresAt, now.expiresAt) };
}

/** Null is never, and what is no time has passed. */
function earlier<Time extends Date | null>(a: Time, b: Time): Time {
  return toNumber(b) < toNumber(a) ? b : a;
}

function toNumber(time: Date | null): number {
  if (time === null) return Infinity;
  const value = time instanceof Date ? time.getTime() : Number.NaN;
  return Number.isNaN(value) ? -Infinity : value;
}
