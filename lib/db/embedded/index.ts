import { chooseAccount } from "#lib/db/embedded/account.ts";
import { createCluster, provision, roles, toSocketUrl } from "#lib/db/embedded/cluster.ts";
import { findPlace } from "#lib/db/embedded/place.ts";
import { readPidFile, tryConnect } from "#lib/db/embedded/postmaster.ts";
import { loadSecrets } from "#lib/db/embedded/secrets.ts";
import { Supervisor } from "#lib/db/embedded/supervisor.ts";

export type EmbeddedOptions = {
  /** Instance folder. Data go into `postgres` below it, passwords into `secrets/postgres.json`. */
  dir: string;
  /** Extra server settings, such as `fsync=off` for tests. */
  settings?: string[];
  /** Told once what an operator must know, such as reduced protection. */
  warn?: (message: string) => void;
  /** Called when the database ended by itself and could not be started again. */
  onLost?: (error: Error) => void;
};

export type EmbeddedDatabase = {
  superuserUrl: string;
  ownerUrl: string;
  appUrl: string;
  /** Shuts the server down and waits; does nothing when another process started it. */
  stop: () => Promise<void>;
};

const mappedWarning =
  "Running as root without the right to change accounts: the embedded database runs in a user namespace and is not " +
  "kept apart from root's files. Run as an ordinary user, or set DATABASE_URL.";

/**
 * Starts the embedded Postgres of an instance: unix socket in a private folder, no TCP, passwords for every role, under
 * an unprivileged account. A server left over from a killed process is replaced; one that dies is started again; ours
 * ends when this process ends, however that happens.
 * @throws Error when another live process runs this instance's database, or the server does not start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  if (process.platform === "win32") throw new Error("The embedded database needs Linux or macOS. Set DATABASE_URL.");
  const account = chooseAccount();
  if (account.kind === "mapped") options.warn?.(mappedWarning);
  const place = findPlace(options.dir, account);
  const secrets = loadSecrets(place.secrets);
  await createCluster(place, account, secrets);
  const supervisor = new Supervisor(place, account, secrets, options.settings ?? [], options.onLost);
  const socketFolder = await supervisor.start();
  const urls = toUrls(socketFolder, secrets);
  await provision(urls.superuserUrl, secrets);
  return { ...urls, stop: () => supervisor.stop() };
}

/** Uses the database a running product already started for `dir`; null when none runs. Its `stop` does nothing. */
export async function findEmbedded(dir: string): Promise<EmbeddedDatabase | null> {
  const place = findPlace(dir, chooseAccount());
  const running = readPidFile(place);
  if (!running) return null;
  const urls = toUrls(running.socketFolder, loadSecrets(place.secrets));
  const client = await tryConnect(urls.ownerUrl);
  await client?.end();
  return client && { ...urls, stop: async () => {} };
}

function toUrls(socketFolder: string, secrets: ReturnType<typeof loadSecrets>) {
  return {
    superuserUrl: toSocketUrl(socketFolder, roles.superuser, secrets.superuser, "postgres"),
    ownerUrl: toSocketUrl(socketFolder, roles.owner, secrets.owner),
    appUrl: toSocketUrl(socketFolder, roles.app, secrets.app),
  };
}
