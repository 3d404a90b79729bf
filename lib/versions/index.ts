export { readVersionAddress, toVersionPath, type VersionAddress } from "#lib/versions/address.ts";
export { changeVersion, stateConflict } from "#lib/versions/change.ts";
export { readCountersignatures } from "#lib/versions/countersignature.ts";
export { getVersion, getVisibleVersion, listVersions } from "#lib/versions/get.ts";
export { type LatestCandidate, pickLatest } from "#lib/versions/latest.ts";
export { namespaceOf, toSubject } from "#lib/versions/name.ts";
export { publishVersion } from "#lib/versions/publish/index.ts";
export { proveUpload } from "#lib/versions/publish/prove.ts";
export { reopenVersion } from "#lib/versions/reopen.ts";
export {
  OptionalReasonInput,
  PublishInput,
  Reason,
  ReasonInput,
  ReopenInput,
  RevokeInput,
  ServerInput,
  VersionInput,
  WithdrawInput,
} from "#lib/versions/schemas.ts";
export { isResolvable, toShownState } from "#lib/versions/shown-state.ts";
export { toSignatureView } from "#lib/versions/signature.ts";
export { assertStanding, type Claim, findFallen } from "#lib/versions/standing.ts";
export {
  type DetailRow,
  findVersionById,
  findVersionOf,
  type KnownRoots,
  listKnownRoots,
  listLatestCandidates,
  lockVersion,
  updateVersions,
} from "#lib/versions/store.ts";
export { isRevocable } from "#lib/versions/to-view.ts";
export { isInside, requireViewer, type Scope, scopeOf } from "#lib/versions/visibility.ts";
export { withdrawVersion } from "#lib/versions/withdraw.ts";
