import { once } from "node:events";
import type { Server } from "node:http";
import { StartError } from "#lib/boot/start-error.ts";

/** Binds the one port. @throws StartError naming what to do when it is taken or not allowed. */
export async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new StartError(explain((error as NodeJS.ErrnoException).code, port, host), 75, error);
  }
}

function explain(code: string | undefined, port: number, host: string): string {
  if (code === "EADDRINUSE") {
    return `Port ${port} is already in use. Stop what runs there, or choose another one: PORT=${port === 65_535 ? 3000 : port + 1}.`;
  }
  if (code === "EACCES")
    return `Port ${port} needs more rights than this account has. Choose one above 1023 with PORT.`;
  if (code === "EADDRNOTAVAIL") return `HOST ${host} is not an address of this machine.`;
  return `Cannot listen on ${host} port ${port}: ${code ?? "unknown error"}.`;
}

/** Takes no new connections, lets running requests end for at most `graceMs`, then cuts them. */
export async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(force);
}
