import { connect, type Socket } from "node:net";

/** A peer that sends bytes as they are and reads when it is told to. */
export class RawPeer {
  readonly socket: Socket;
  /** Resolves when the other side has ended or broken the connection. */
  readonly closed: Promise<void>;
  #received = "";

  /** @param reading false for a peer that takes nothing of what it is sent. */
  constructor(port: number, { reading = true } = {}) {
    this.socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    // A connection that is reset is closed, which is what is asked about.
    this.socket.on("error", () => {});
    this.closed = new Promise((resolve) => {
      this.socket.once("end", resolve);
      this.socket.once("close", () => resolve());
    });
    if (reading) this.socket.on("data", (chunk) => this.#keep(chunk));
    else this.socket.pause();
  }

  get received(): string {
    return this.#received;
  }

  /** Status codes of the answers received so far, in their order. */
  get statuses(): number[] {
    return [...this.#received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
  }

  send(bytes: string): this {
    this.socket.write(bytes, "latin1");
    return this;
  }

  leave(): void {
    this.socket.destroy();
  }

  #keep(chunk: Buffer): void {
    this.#received += chunk.toString("latin1");
  }
}

/** Bytes of one GET, without a body. */
export function get(path: string, headers = ""): string {
  return `GET ${path} HTTP/1.1\r\nHost: registry.example.com\r\n${headers}\r\n`;
}
