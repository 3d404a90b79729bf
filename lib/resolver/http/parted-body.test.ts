import fc from "fast-check";
import { expect, it } from "vitest";
import { PartedBody, toBuffer } from "#lib/resolver/http/parted-body.ts";

it("is its parts, one after the other, wherever it is joined", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), (parts) => {
      const body = new PartedBody(parts);
      const whole = Buffer.concat(parts);
      expect(body.length).toBe(whole.length);
      expect([body.join(), toBuffer(body), toBuffer(whole)]).toEqual([whole, whole, whole]);
      const target = Buffer.alloc(whole.length + 2, "!");
      body.copyTo(target);
      expect(target).toEqual(Buffer.concat([whole, Buffer.from("!!")]));
    }),
  );
});

it("is never cut off", () => {
  const body = new PartedBody([Buffer.from("abc"), Buffer.from("def")]);
  expect(() => body.copyTo(Buffer.alloc(5))).toThrow(RangeError);
});
