import { hostOf } from "#lib/manifest/index.ts";
import type { InputView, ManifestView } from "#lib/manifest/view.ts";

/** Every host a client would connect to: remotes, package transports and package registries. */
export function listHosts({ packages, remotes }: ManifestView): string[] {
  const addresses = packages.flatMap(({ registryBaseUrl, transport }) => [registryBaseUrl, transport.url]);
  const hosts = addresses.map((address) => (address === null ? null : (hostOf(address) ?? address)));
  return [...remotes.map(({ host, url }) => host ?? url), ...hosts].filter((host) => host !== null);
}

/** Every secret a person is asked for, with what gets it: the same name for another package is another secret. */
export function listSecrets({ packages, remotes }: ManifestView): string[] {
  return [
    ...packages.flatMap((entry) => {
      const { runtimeArguments, packageArguments, environment, transport } = entry;
      const inputs = [...runtimeArguments, ...packageArguments, ...environment, ...transport.headers];
      return secretsOf(`${entry.registryType} ${entry.identifier}`, inputs);
    }),
    ...remotes.flatMap((remote) => secretsOf(`${remote.url}`, [...remote.headers, ...remote.variables])),
  ];
}

function secretsOf(owner: string, inputs: readonly InputView[]): string[] {
  return inputs.flatMap((input) => [
    ...(input.secret ? [JSON.stringify([owner, input.name])] : []),
    ...secretsOf(`${owner} ${input.name}`, input.variables),
  ]);
}
