export * from "#lib/access/authority.ts";
export { actorFromBearer } from "#lib/access/bearer.ts";
export { endAllSessions, resetAdmin, revokeTokenByHost } from "#lib/access/host.ts";
export { getInstanceSecret } from "#lib/access/instance-secret.ts";
export { changePassword, changePasswordSchema } from "#lib/access/passwords/change-password.ts";
export { requestReset, requestResetSchema } from "#lib/access/passwords/request-reset.ts";
export { resetPassword, resetPasswordSchema } from "#lib/access/passwords/reset-password.ts";
export { acceptInvitation, acceptInvitationSchema, readInvitation } from "#lib/access/people/accept-invitation.ts";
export {
  consumeBootstrap,
  consumeBootstrapSchema,
  createBootstrapLink,
  hasAdmin,
} from "#lib/access/people/bootstrap.ts";
export { deactivatePerson, personIdSchema, reactivatePerson } from "#lib/access/people/deactivate.ts";
export { getAccount } from "#lib/access/people/get-account.ts";
export { invitePerson, invitePersonSchema } from "#lib/access/people/invite.ts";
export { listPeople, type PeopleView } from "#lib/access/people/list-people.ts";
export { revokeInvitation, revokeInvitationSchema } from "#lib/access/people/revoke-invitation.ts";
export { updateGrants, updateGrantsSchema } from "#lib/access/people/update-grants.ts";
export { grantsSchema, idSchema, lineSchema, linkTokenSchema, namespaceNameSchema } from "#lib/access/schemas.ts";
export { endSession, endSessionSchema } from "#lib/access/sessions/end-session.ts";
export { sessionLifetimeMs } from "#lib/access/sessions/lifetime.ts";
export { listSessions } from "#lib/access/sessions/list-sessions.ts";
export { reauthenticate, reauthenticateSchema } from "#lib/access/sessions/reauthenticate.ts";
export { actorFromSession } from "#lib/access/sessions/session-actor.ts";
export { type SignedIn, signIn, signInSchema } from "#lib/access/sessions/sign-in.ts";
export { sweepAccess } from "#lib/access/sweep.ts";
export { createToken, createTokenSchema } from "#lib/access/tokens/create-token.ts";
export { listTokens } from "#lib/access/tokens/list-tokens.ts";
export { noteChannelReads } from "#lib/access/tokens/note-channel-reads.ts";
export { revokeToken, revokeTokenSchema } from "#lib/access/tokens/revoke-token.ts";
export { hashSecret, mintSecret, readSecret, toShownPrefix } from "#lib/access/tokens/secret.ts";
export { takeFromPeople } from "#lib/access/tokens/take-from-people.ts";
export { clearPersonsTotp, clearPersonsTotpSchema } from "#lib/access/totp/clear-persons-totp.ts";
export { confirmTotp, confirmTotpSchema } from "#lib/access/totp/confirm-totp.ts";
export { disableTotp, disableTotpSchema } from "#lib/access/totp/disable-totp.ts";
export { startTotp } from "#lib/access/totp/start-totp.ts";
export { whoami } from "#lib/access/whoami.ts";
