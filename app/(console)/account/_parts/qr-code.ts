import { encode } from "uqr";

export type QrCodeView = { size: number /** SVG path of the dark squares, one unit each. */; path: string };

/** A QR code as one SVG path, drawn on the server: nothing of the secret goes through a library in the browser. */
export function toQrCode(text: string): QrCodeView {
  const { size, data } = encode(text, { border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join("") };
}
