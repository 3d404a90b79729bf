/** For tests: a manifest without any issue, and copies of it with one place changed. */
import { currentSchema } from "#lib/manifest/rules/schema-date.ts";
import { validateManifest } from "#lib/manifest/validate.ts";

export const sampleManifest = {
  $schema: currentSchema,
  name: "com.acme/weather",
  title: "Weather",
  description: "Forecasts from the met office",
  version: "1.2.0",
  websiteUrl: "https://weather.acme.example/docs",
  repository: { url: "https://github.com/acme/weather", source: "github", subfolder: "servers/weather" },
  icons: [{ src: "https://weather.acme.example/icon.png", mimeType: "image/png", sizes: ["48x48"], theme: "dark" }],
  packages: [
    {
      registryType: "npm",
      identifier: "@acme/weather",
      version: "1.2.0",
      runtimeHint: "npx",
      runtimeArguments: [{ type: "named", name: "--yes" }],
      packageArguments: [
        { type: "positional", valueHint: "city", isRequired: true, isRepeated: true },
        { type: "named", name: "--units", value: "{units}", variables: { units: { choices: ["metric", "imperial"] } } },
      ],
      environmentVariables: [{ name: "WEATHER_KEY", isRequired: true, isSecret: true, format: "string" }],
      transport: { type: "stdio" },
    },
    {
      registryType: "oci",
      identifier: `ghcr.io/acme/weather:1.2.0@sha256:${"a".repeat(64)}`,
      environmentVariables: [{ name: "PORT", default: "8080", format: "number" }],
      transport: { type: "streamable-http", url: "http://localhost:{PORT}/mcp" },
    },
  ],
  remotes: [
    {
      type: "streamable-http",
      url: "https://{tenant}.weather.acme.example/mcp",
      headers: [{ name: "Authorization", value: "Bearer {token}", variables: { token: { isSecret: true } } }],
      variables: { tenant: { isRequired: true, default: "eu" } },
    },
  ],
  _meta: {
    "io.modelcontextprotocol.registry/publisher-provided": { tool: "ci", build: { number: 7, tags: ["a", "b"] } },
  },
};

/**
 * Bytes of the sample with the value at a JSON pointer replaced; undefined removes it.
 * @throws TypeError when a parent in the pointer does not exist.
 */
export function sampleWith(pointer: string, value: unknown): Buffer {
  const copy = structuredClone(sampleManifest) as unknown as Record<string, unknown>;
  const path = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = path.pop() ?? "";
  const parent = path.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  parent[last] = value;
  return Buffer.from(JSON.stringify(copy));
}

/** Issues of the sample with one place changed, as `severity code pointer`. */
export function issuesWith(pointer: string, value: unknown): string[] {
  const { issues } = validateManifest(sampleWith(pointer, value));
  return issues.map((issue) => `${issue.severity} ${issue.code} ${issue.pointer}`);
}
