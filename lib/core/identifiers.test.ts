import { expect, test } from "vitest";
import * as identifiers from "#lib/core/identifiers.ts";

const registry = "https://mcp.example.com";

test("identifiers that are in signatures or on the wire never change", () => {
  expect(identifiers.publishPredicateType(registry)).toBe("https://mcp.example.com/attestations/publish/v1");
  expect(identifiers.approvalPredicateType(registry)).toBe("https://mcp.example.com/attestations/approval/v1");
  expect(identifiers.keyRotationPredicateType(registry)).toBe("https://mcp.example.com/attestations/key-rotation/v1");
  expect(identifiers.backupPredicateType(registry)).toBe("https://mcp.example.com/attestations/backup/v1");
  expect(identifiers.problemType(registry, "not-found")).toBe("https://mcp.example.com/problems/not-found");
  expect(identifiers.PAYLOAD_TYPE_IN_TOTO).toBe("application/vnd.in-toto+json");
  expect(identifiers.STATEMENT_TYPE_V1).toBe("https://in-toto.io/Statement/v1");
  expect(identifiers.STATEMENT_TYPE_V01).toBe("https://in-toto.io/Statement/v0.1");
  expect(identifiers.APPROVAL_META_KEY).toBe("countersign/approval");
  expect(identifiers.OFFICIAL_META_KEY).toBe("io.modelcontextprotocol.registry/official");
  expect(identifiers.PUBLISHER_META_KEY).toBe("io.modelcontextprotocol.registry/publisher-provided");
  expect(identifiers.MANAGED_KEYS_MEDIA_TYPE).toBe("application/vnd.countersign.managed-keys.v1+json");
  expect(identifiers.KEY_SET_MEDIA_TYPE).toBe("application/vnd.countersign.key-set.v1+json");
});

test("bundles older than v0.2 are not on the list", () => {
  expect(identifiers.BUNDLE_MEDIA_TYPES).toEqual([
    "application/vnd.dev.sigstore.bundle.v0.3+json",
    "application/vnd.dev.sigstore.bundle+json;version=0.3",
    "application/vnd.dev.sigstore.bundle+json;version=0.2",
  ]);
});
