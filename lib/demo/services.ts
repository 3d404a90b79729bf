import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type DemoSigstore, startDemoSigstore } from "#lib/trust/demo/index.ts";
import { writeSigningConfig } from "#lib/trust/index.ts";

/** Folders of a demo instance: keys of its trust services, of its publishers, and things to try. */
export function demoPlaces(instanceDir: string) {
  return {
    sigstore: path.join(instanceDir, "sigstore"),
    publishers: path.join(instanceDir, "publishers"),
    tryout: path.join(instanceDir, "try"),
    port: path.join(instanceDir, "sigstore", "port"),
    loaded: path.join(instanceDir, "loaded"),
  };
}

/**
 * Starts the demo's trust services at the port they had before, because clients pin their address. Only a port taken by
 * something else meanwhile makes them move.
 */
export async function openDemoServices(instanceDir: string): Promise<DemoSigstore> {
  const places = demoPlaces(instanceDir);
  mkdirSync(places.sigstore, { recursive: true, mode: 0o700 });
  const sigstore = await startDemoSigstore({ dir: places.sigstore, port: readPort(places.port) }).catch((error) => {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return startDemoSigstore({ dir: places.sigstore });
  });
  writeFileSync(places.port, new URL(sigstore.url).port);
  writeSigningConfig(instanceDir, sigstore.signingConfig);
  return sigstore;
}

function readPort(file: string): number {
  const port = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}
