import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

const message = (kind: string, body: string | Buffer) => {
  const bytes = Buffer.from(body);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length + 4);
  return Buffer.concat([Buffer.from(kind), length, bytes]);
};
const ended = "SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0";
/** Let in, ready, and ended. */
const openedAndEnded = Buffer.concat([message("R", Buffer.alloc(4)), message("Z", "I"), message("E", ended)]);

export type EndingServer = { url: string; close: () => void };

/** A Postgres that lets everybody in and ends each connection in the same breath, as one that is shut down may. */
export async function listenAndEnd(): Promise<EndingServer> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(openedAndEnded));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `postgres://reader@127.0.0.1:${port}/registry`, close: () => void server.close() };
}
