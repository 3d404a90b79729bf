import type { TrustThresholds } from "#lib/signing/index.ts";
import { readTrustedRoot } from "#lib/signing/index.ts";
import type { TrustRootRow } from "#lib/trust/store.ts";
import type { TrustRootView } from "#lib/trust/view.ts";

type Authority = TrustRootView["authorities"][number];
type TrustedRoot = ReturnType<typeof readTrustedRoot>;
type Period = { start?: Date | undefined; end?: Date | undefined } | undefined;

export function toTrustRootView(row: TrustRootRow): TrustRootView {
  return {
    slug: row.slug,
    version: row.version,
    label: row.label,
    demo: row.demo,
    sha256: row.sha256,
    issuers: row.issuers,
    thresholds: row.thresholds as TrustThresholds,
    authorities: listAuthorities(readTrustedRoot(row.bytes)),
    createdAt: row.createdAt.toISOString(),
    retiredAt: row.retiredAt?.toISOString() ?? null,
  };
}

function listAuthorities(root: TrustedRoot): Authority[] {
  return [
    ...root.certificateAuthorities.map((ca) => toAuthority("certificate", ca.uri, ca.validFor)),
    ...root.timestampAuthorities.map((ca) => toAuthority("timestamp", ca.uri, ca.validFor)),
    ...root.tlogs.map((log) => toAuthority("log", log.baseUrl, log.publicKey?.validFor)),
    ...root.ctlogs.map((log) => toAuthority("certificate-log", log.baseUrl, log.publicKey?.validFor)),
  ];
}

function toAuthority(kind: Authority["kind"], name: string, period: Period): Authority {
  return { kind, name, from: period?.start?.toISOString() ?? "", until: period?.end?.toISOString() ?? null };
}
