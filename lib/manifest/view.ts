export type ValidationSeverity = "error" | "warning" | "info";

/** One thing the registry says about a manifest. `code` is the official vocabulary where one exists. */
export type ValidationIssue = {
  code: string;
  severity: ValidationSeverity;
  /** RFC 6901 JSON pointer into the manifest; "" is the whole document. */
  pointer: string;
  message: string;
};

export type Pin = {
  /** Index in `packages`. */
  package: number;
  registryType: string;
  identifier: string;
  version: string | null;
  status: "pinned" | "unpinned";
  /** `sha256:…` when the declaration names one (OCI digest, mcpb fileSha256); an exact version has none. */
  digest: string | null;
  /** Why it is pinned or is not, for people. */
  reason: string;
};

export type InputView = {
  name: string;
  description: string | null;
  required: boolean;
  secret: boolean;
  format: string | null;
  value: string | null;
  default: string | null;
  placeholder: string | null;
  choices: string[];
  /** What `{name}` in `value` stands for. A variable has none of its own. */
  variables: InputView[];
};

export type ArgumentView = InputView & { type: "positional" | "named"; valueHint: string | null; repeated: boolean };

export type PackageView = {
  registryType: string;
  identifier: string;
  version: string | null;
  registryBaseUrl: string | null;
  fileSha256: string | null;
  runtimeHint: string | null;
  transport: TransportView;
  runtimeArguments: ArgumentView[];
  packageArguments: ArgumentView[];
  environment: InputView[];
};

export type TransportView = { type: string; url: string | null; headers: InputView[] };

export type RemoteView = TransportView & { host: string | null; variables: InputView[] };

/** Something the publisher says about itself that some clients show as if it were true. */
export type ClaimView = { pointer: string; name: string; value: string };

/** What people see of a manifest. Text is the publisher's: show it escaped, never as markup. */
export type ManifestView = {
  schema: string;
  name: string;
  version: string;
  title: string | null;
  description: string;
  websiteUrl: string | null;
  repository: { url: string; source: string; subfolder: string | null } | null;
  packages: PackageView[];
  remotes: RemoteView[];
  /** Addresses of icons. Never loaded by us; some clients show them. */
  icons: string[];
  claims: ClaimView[];
};
