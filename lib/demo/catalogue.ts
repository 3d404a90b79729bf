/** Who signs in the demo: a managed key of the namespace, or a GitHub Actions workflow as the demo trust root vouches for it. */
export type DemoWorkflow = {
  repository: string;
  repositoryId: string;
  ownerId: string;
  workflow: string;
  trigger: string;
};

export type DemoNamespace = {
  name: string;
  requiredApprovals?: number;
  unpinned?: "allow" | "refuse";
  signer: { kind: "key"; label: string } | { kind: "workflow"; workflow: DemoWorkflow };
};

const onRelease = (repository: string, repositoryId: string, ownerId: string): DemoWorkflow => ({
  repository: `https://github.com/${repository}`,
  repositoryId,
  ownerId,
  workflow: ".github/workflows/release.yml",
  trigger: "release",
});

export const demoNamespaces: DemoNamespace[] = [
  { name: "io.github.modelcontextprotocol", signer: { kind: "key", label: "Reference servers release key" } },
  {
    name: "io.github.upstash",
    signer: { kind: "workflow", workflow: onRelease("upstash/context7", "901001", "74989412") },
  },
  {
    name: "com.microsoft",
    signer: {
      kind: "workflow",
      workflow: onRelease("microsoft/playwright-mcp", "901002", "6154722"),
    },
  },
  {
    name: "io.github.github",
    requiredApprovals: 2,
    signer: { kind: "workflow", workflow: onRelease("github/github-mcp-server", "901003", "9919") },
  },
  { name: "app.linear", signer: { kind: "key", label: "Linear release key" } },
  { name: "io.sentry", signer: { kind: "key", label: "Sentry release key" } },
  { name: "io.github.grafana", unpinned: "refuse", signer: { kind: "key", label: "Grafana release key" } },
];

export type DemoUpload = {
  file: string;
  namespace: string;
  outcome: "approve" | "leave pending" | "approve and revoke";
  reason?: string;
};

/** In this order, so that what replaces a version comes after it. */
export const demoUploads: DemoUpload[] = [
  {
    file: "filesystem-2025.3.28.json",
    namespace: "io.github.modelcontextprotocol",
    outcome: "approve and revoke",
    reason: "CVE-2025-53109 and CVE-2025-53110: a prefix match and symbolic links lead out of the allowed directories.",
  },
  { file: "filesystem-2026.8.31.json", namespace: "io.github.modelcontextprotocol", outcome: "approve" },
  { file: "fetch-2026.10.24.json", namespace: "io.github.modelcontextprotocol", outcome: "approve" },
  { file: "context7-1.0.33.json", namespace: "io.github.upstash", outcome: "approve" },
  { file: "playwright-0.0.83.json", namespace: "com.microsoft", outcome: "approve" },
  { file: "github-0.5.0.json", namespace: "io.github.github", outcome: "approve" },
  { file: "linear-1.0.0.json", namespace: "app.linear", outcome: "approve" },
  { file: "sentry-0.39.0.json", namespace: "io.sentry", outcome: "approve" },
  { file: "context7-4.1.1.json", namespace: "io.github.upstash", outcome: "leave pending" },
];

/** A workflow of a stranger's fork: the same file name, another repository. */
export const strangerWorkflow = onRelease("playwright-tools/playwright-mcp", "990042", "880017");
