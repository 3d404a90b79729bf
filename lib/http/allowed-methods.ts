import { type Agent, request as openRequest } from "node:http";

/** What any part of the product may answer to. Others never reach it. */
export const knownMethods: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

type Target = { socketPath: string; agent: Agent; path: string | undefined; host: string };

/**
 * Asks the page process which methods an address has: its framework refuses the others with an empty 405, without the
 * `Allow` that RFC 9110 (15.5.6) asks for.
 * @returns a list for `Allow`; `GET, HEAD`, which every page has, when it does not say.
 */
export function askAllowedMethods({ socketPath, agent, path, host }: Target): Promise<string> {
  const usual = "GET, HEAD";
  return new Promise((resolve) => {
    const asked = openRequest({ socketPath, agent, method: "OPTIONS", path, headers: { host } });
    asked.on("response", (answer) => {
      answer.resume();
      resolve(answer.headers.allow ?? usual);
    });
    asked.on("error", () => resolve(usual));
    asked.end();
  });
}
