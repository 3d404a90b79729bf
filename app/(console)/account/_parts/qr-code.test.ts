import { describe, expect, it } from "vitest";
import { toQrCode } from "./qr-code.ts";

describe("toQrCode", () => {
  const code = toQrCode("otpauth://totp/Countersign:ann%40example.com?secret=JBSWY3DPEHPK3PXP");

  it("leaves the quiet border free", () => {
    const places = [...code.path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(places.length).toBeGreaterThan(100);
    expect(Math.min(...places.flat())).toBe(2);
    expect(Math.max(...places.flat())).toBe(code.size - 3);
  });

  it("is another for another text", () => {
    expect(toQrCode("otpauth://totp/other").path).not.toBe(code.path);
  });
});
