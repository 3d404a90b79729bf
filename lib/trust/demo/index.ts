import { mkdirSync } from "node:fs";
import type { SigningConfiguration } from "#lib/signing/keyless/index.ts";
import { answerSigningRequest, openCertificateAuthority } from "#lib/trust/demo/certificate-authority.ts";
import type { DemoClaims } from "#lib/trust/demo/claims.ts";
import { demoIssuer, type MintOptions, mintDemoToken } from "#lib/trust/demo/identity-provider.ts";
import { answerLogRequestV1 } from "#lib/trust/demo/log-api-v1.ts";
import { answerLogRequestV2 } from "#lib/trust/demo/log-api-v2.ts";
import { addressOf, serveDemo } from "#lib/trust/demo/server.ts";
import { answerTimestampRequest, openTimestampAuthority } from "#lib/trust/demo/timestamp-authority.ts";
import { openTransparencyLog } from "#lib/trust/demo/transparency-log.ts";
import { toSigningConfiguration, toTrustedRoot } from "#lib/trust/demo/trust-material.ts";

export type { DemoClaims, DemoEmailClaims, DemoWorkflowClaims } from "#lib/trust/demo/claims.ts";
export { demoAudience, demoIssuer, mintDemoToken } from "#lib/trust/demo/identity-provider.ts";

export type DemoSigstoreOptions = {
  /** Folder for keys (mode 0600) and the log; the same folder gives the same trust root. */
  dir: string;
  /** 0, the default, takes a free one. */
  port?: number;
  now?: () => Date;
  /** Issuers whose tokens are taken besides the demo's own: tests of what a trust root may not speak for. */
  extraIssuers?: string[];
};

export type DemoSigstore = {
  /** `http://127.0.0.1:<port>` */
  url: string;
  trustedRootBytes: Buffer;
  signingConfig: SigningConfiguration;
  /** Issuers its trust root may speak for. */
  issuers: string[];
  mintToken: (claims: DemoClaims, options?: MintOptions) => Promise<string>;
  close: () => Promise<void>;
};

/** Trust root of the demo kept in a folder, without starting anything. */
export async function openDemoTrustRoot(dir: string): Promise<Buffer> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return toTrustedRoot(
    await openCertificateAuthority(dir),
    await openTimestampAuthority(dir),
    openTransparencyLog(dir),
  );
}

/**
 * A private Sigstore in this process, on loopback: certificate authority, certificate log, transparency log (both
 * APIs) and timestamp authority. Its signatures are real; what makes it a demo is that whoever can read the folder can
 * be anybody. Only for a demo instance and tests.
 */
export async function startDemoSigstore(options: DemoSigstoreOptions): Promise<DemoSigstore> {
  const { dir, port = 0, now = () => new Date() } = options;
  const issuers = [demoIssuer, ...(options.extraIssuers ?? [])];
  const trustedRootBytes = await openDemoTrustRoot(dir);
  const authority = await openCertificateAuthority(dir);
  const timestamps = await openTimestampAuthority(dir);
  const log = openTransparencyLog(dir);
  const server = await serveDemo(
    {
      "/api/v2/signingCert": (body) => answerSigningRequest(dir, authority, body, { issuers, now: now() }),
      "/api/v1/log/entries": (body) => answerLogRequestV1(log, body, now()),
      "/api/v2/log/entries": (body) => answerLogRequestV2(log, body),
      "/api/v1/timestamp": (body) => answerTimestampRequest(timestamps, body, now()),
    },
    port,
  );
  const url = addressOf(server);
  return {
    url,
    trustedRootBytes,
    signingConfig: toSigningConfiguration(url),
    issuers: [demoIssuer],
    mintToken: (claims, mint) => mintDemoToken(dir, claims, { now: now(), ...mint }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
