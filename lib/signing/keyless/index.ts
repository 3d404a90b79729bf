export { isPublicGood, publicGoodSigning, SigningConfiguration } from "#lib/signing/keyless/configuration.ts";
export { assertTokenMayBeSent, TokenNotSent } from "#lib/signing/keyless/identity-token.ts";
export { KeylessSigningFailed, keylessSigner } from "#lib/signing/keyless/signer.ts";
