export type TrustRootView = {
  slug: string;
  version: number;
  label: string;
  demo: boolean;
  sha256: string;
  issuers: string[];
  thresholds: { tlog: number; ctlog: number; timestamp: number };
  authorities: {
    kind: "certificate" | "timestamp" | "log" | "certificate-log";
    name: string;
    from: string;
    until: string | null;
  }[];
  createdAt: string;
  retiredAt: string | null;
};
