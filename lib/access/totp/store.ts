import type { Tx } from "#lib/db/transact.ts";

/** A new enrolment, unless one is already in force. @returns whether it was stored. */
export async function setPendingTotp(tx: Tx, id: string, totpSecret: string): Promise<boolean> {
  const data = { totpSecret, totpLastStep: null };
  return (await tx.person.updateMany({ where: { id, totpEnabledAt: null }, data })).count === 1;
}

/** @returns whether this call enabled exactly the secret that was confirmed. */
export async function enableTotp(tx: Tx, id: string, totpSecret: string, step: bigint, now: Date): Promise<boolean> {
  const data = { totpEnabledAt: now, totpLastStep: step };
  return (await tx.person.updateMany({ where: { id, totpSecret, totpEnabledAt: null }, data })).count === 1;
}

/** Uses a time step up. One statement, so that of two who bring the same code one is refused. */
export async function consumeTotpStep(tx: Tx, id: string, step: bigint): Promise<boolean> {
  const where = { id, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] };
  return (await tx.person.updateMany({ where, data: { totpLastStep: step } })).count === 1;
}

/** @returns whether it was in force. */
export async function clearTotp(tx: Tx, id: string): Promise<boolean> {
  const data = { totpSecret: null, totpEnabledAt: null, totpLastStep: null };
  const { count } = await tx.person.updateMany({ where: { id, NOT: { totpEnabledAt: null } }, data });
  if (count === 0) await tx.person.updateMany({ where: { id }, data });
  return count === 1;
}
