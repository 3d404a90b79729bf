import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ExternalLink } from "./external-link.tsx";
import { VisibleText } from "./visible-text.tsx";

describe("VisibleText", () => {
  it.each([
    ["a right-to-left override", "\u202e", "U+202E"],
    ["a zero width space", "\u200b", "U+200B"],
    ["an escape", "\u001b", "U+001B"],
    ["a tag character", "\u{e0041}", "U+E0041"],
    ["a line feed", "\n", "U+000A"],
  ])("names %s instead of acting on it", (_what, character, label) => {
    const html = renderToStaticMarkup(<VisibleText text={`safe${character}txt`} />);
    expect(html).not.toContain(character);
    expect(html).toContain(label);
  });

  it("keeps markup as text", () => {
    const html = renderToStaticMarkup(<VisibleText text="<img src=x onerror=alert(1)>" />);
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(html).not.toContain("<img");
  });

  it("keeps line feeds of a block and nothing else", () => {
    const html = renderToStaticMarkup(<VisibleText block text={"a\n\r\u2028b"} />);
    expect(html).toContain("a\n");
    expect(html).toContain("U+000D");
    expect(html).toContain("U+2028");
  });
});

describe("ExternalLink", () => {
  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "http://example.com",
    "//example.com",
    " https://example.com",
    "HTTPS:x",
  ])("makes no link of %s", (href) => {
    expect(renderToStaticMarkup(<ExternalLink href={href} />)).not.toContain("<a");
  });

  it("tells the other site nothing", () => {
    const html = renderToStaticMarkup(<ExternalLink href="https://example.com" />);
    expect(html).toContain('href="https://example.com"');
    expect(html).toContain("noreferrer");
    expect(html).toContain("noopener");
  });
});
