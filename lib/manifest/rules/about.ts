import type { JsonPath } from "#lib/core/json-pointer.ts";
import { type JsonObject, readList, readObject, readText } from "#lib/manifest/fields.ts";
import { quote, type Report } from "#lib/manifest/report.ts";
import { findAddressFault } from "#lib/manifest/rules/address.ts";

const maxIcons = 50;
const iconTypes = ["image/png", "image/jpeg", "image/jpg", "image/svg+xml", "image/webp"];

/** Title, description, website and icons: what people read first. */
export function checkAbout(report: Report, manifest: JsonObject): void {
  readText(report, ["description"], manifest.description, { minLength: 1, maxLength: 100 });
  checkTitle(report, manifest.title);
  checkWebsite(report, manifest.websiteUrl);
  readList(report, ["icons"], manifest.icons, maxIcons, (path, item) => checkIcon(report, path, item));
}

function checkTitle(report: Report, value: unknown): void {
  const title = readText(report, ["title"], value, { minLength: 1, maxLength: 100 });
  if (title && title.trim() === "") report(["title"], "title-whitespace-only", "title cannot be only whitespace");
}

function checkWebsite(report: Report, value: unknown): void {
  const path = ["websiteUrl"];
  const url = readText(report, path, value);
  if (url === undefined) return;
  switch (findAddressFault(url)) {
    case "relative":
      return report(
        path,
        "website-url-must-be-absolute",
        `websiteUrl must be absolute (include scheme): ${quote(url)}`,
      );
    case "scheme":
      return report(path, "website-url-invalid-scheme", `websiteUrl must use https scheme: ${quote(url)}`);
    case "malformed":
    case "credentials":
      return report(path, "invalid-website-url", `websiteUrl is not a plain https address: ${quote(url)}`);
  }
}

function checkIcon(report: Report, path: JsonPath, item: unknown): void {
  const icon = readObject(report, path, item, { known: ["src", "mimeType", "sizes", "theme"], required: ["src"] });
  if (!icon) return;
  checkIconSource(report, [...path, "src"], icon.src);
  readText(report, [...path, "mimeType"], icon.mimeType, { oneOf: iconTypes });
  readText(report, [...path, "theme"], icon.theme, { oneOf: ["light", "dark"] });
  readList(report, [...path, "sizes"], icon.sizes, maxIcons, (at, size) => {
    readText(report, at, size, { pattern: /^(\d+x\d+|any)$/ });
  });
}

function checkIconSource(report: Report, path: JsonPath, value: unknown): void {
  const src = readText(report, path, value, { maxLength: 255 });
  if (src === undefined) return;
  switch (findAddressFault(src)) {
    case "relative":
      return report(path, "icon-src-not-absolute", `icon src must be an absolute URL: ${quote(src)}`);
    case "scheme":
      return report(path, "icon-src-invalid-scheme", `icon src must use https scheme: ${quote(src)}`);
    case "malformed":
    case "credentials": {
      const code = /^data:/i.test(src) ? "icon-src-invalid-scheme" : "icon-src-invalid-url";
      return report(path, code, `icon src must use https scheme and be well formed: ${quote(src)}`);
    }
  }
}
