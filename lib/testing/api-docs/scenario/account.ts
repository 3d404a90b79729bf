import { TOTP } from "otpauth";
import type { Api } from "#lib/testing/api-docs/scenario/api.ts";
import type { ApiStage, StagePerson } from "#lib/testing/api-docs/stage.ts";

export const firstPassword = "four calm grey herons";
export const secondPassword = "seven loud green parrots";

/** Somebody who has `firstPassword` signs in, looks after their own account, and signs out. */
export async function playAccount(api: Api, { people }: ApiStage): Promise<void> {
  const { email } = people.member;
  const { token: bearer } = await api("openSession", { as: null, body: { email, password: firstPassword } });
  const as = { bearer };
  await api("whoami", { as });
  await api("listSessions", { as });
  await api("changePassword", { as, body: { current: firstPassword, password: secondPassword } });
  const { secret } = await api("startAuthenticator", { as });
  await api("confirmAuthenticator", { as, body: { totp: codeOf(secret, -30_000) } });
  await api("removeAuthenticator", { as, body: { password: secondPassword, totp: codeOf(secret, 0) } });
  await api("endSession", { as, params: { id: "others" } });
  await api("endCurrentSession", { as });
}

export async function enrolAuthenticator(api: Api, as: StagePerson): Promise<void> {
  const { secret } = await api("startAuthenticator", { as });
  await api("confirmAuthenticator", { as, body: { totp: codeOf(secret, 0) } });
}

function codeOf(secret: string, offsetMs: number): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + offsetMs });
}
