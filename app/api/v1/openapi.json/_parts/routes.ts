import type { RouteModules } from "#lib/api-docs/index.ts";
import * as accountPassword from "../../account/password/route.ts";
import * as accountTotpConfirm from "../../account/totp/confirm/route.ts";
import * as accountTotp from "../../account/totp/route.ts";
import * as auditEvent from "../../audit/events/[seq]/route.ts";
import * as auditEvents from "../../audit/events/route.ts";
import * as auditExport from "../../audit/export/route.ts";
import * as auditRefusal from "../../audit/refusals/[seq]/route.ts";
import * as auditRefusals from "../../audit/refusals/route.ts";
import * as auditState from "../../audit/state/route.ts";
import * as channelDisable from "../../channels/[slug]/disable/route.ts";
import * as channelEnable from "../../channels/[slug]/enable/route.ts";
import * as channelPreview from "../../channels/[slug]/preview/route.ts";
import * as channelReaders from "../../channels/[slug]/readers/route.ts";
import * as channelRotate from "../../channels/[slug]/rotate/route.ts";
import * as channel from "../../channels/[slug]/route.ts";
import * as channelSecretRevoke from "../../channels/[slug]/secrets/[id]/revoke/route.ts";
import * as channels from "../../channels/route.ts";
import * as invitation from "../../invitations/[id]/route.ts";
import * as invitations from "../../invitations/route.ts";
import * as keyRevoke from "../../keys/[id]/revoke/route.ts";
import * as namespaceKeys from "../../namespaces/[namespace]/keys/route.ts";
import * as namespaceOwner from "../../namespaces/[namespace]/owners/[personId]/route.ts";
import * as namespace from "../../namespaces/[namespace]/route.ts";
import * as namespaceRules from "../../namespaces/[namespace]/rules/route.ts";
import * as namespaceRulesTest from "../../namespaces/[namespace]/rules/test/route.ts";
import * as namespaces from "../../namespaces/route.ts";
import * as personClearTotp from "../../people/[id]/clear-totp/route.ts";
import * as personDeactivate from "../../people/[id]/deactivate/route.ts";
import * as personGrants from "../../people/[id]/grants/route.ts";
import * as personReactivate from "../../people/[id]/reactivate/route.ts";
import * as personReset from "../../people/[id]/reset/route.ts";
import * as people from "../../people/route.ts";
import * as policyChangeCancel from "../../policy-changes/[id]/cancel/route.ts";
import * as policyChangeConfirm from "../../policy-changes/[id]/confirm/route.ts";
import * as policyChanges from "../../policy-changes/route.ts";
import * as publish from "../../publish/route.ts";
import * as reviewApprove from "../../reviews/[versionId]/approve/route.ts";
import * as reviewReject from "../../reviews/[versionId]/reject/route.ts";
import * as review from "../../reviews/[versionId]/route.ts";
import * as reviews from "../../reviews/route.ts";
import * as rule from "../../rules/[id]/route.ts";
import * as rulesPrefill from "../../rules/prefill/route.ts";
import * as serverChannels from "../../servers/[namespace]/[server]/channels/route.ts";
import * as serverTagsPreview from "../../servers/[namespace]/[server]/tags/preview/route.ts";
import * as serverTags from "../../servers/[namespace]/[server]/tags/route.ts";
import * as session from "../../sessions/[id]/route.ts";
import * as sessionsCurrent from "../../sessions/current/route.ts";
import * as sessions from "../../sessions/route.ts";
import * as signingConfig from "../../signing-config/route.ts";
import * as token from "../../tokens/[id]/route.ts";
import * as tokens from "../../tokens/route.ts";
import * as trustRoots from "../../trust-roots/route.ts";
import * as versionEvidence from "../../versions/[namespace]/[server]/[version]/evidence/route.ts";
import * as versionReadersExport from "../../versions/[namespace]/[server]/[version]/readers/export/route.ts";
import * as versionReaders from "../../versions/[namespace]/[server]/[version]/readers/route.ts";
import * as versionReopen from "../../versions/[namespace]/[server]/[version]/reopen/route.ts";
import * as versionRevoke from "../../versions/[namespace]/[server]/[version]/revoke/route.ts";
import * as version from "../../versions/[namespace]/[server]/[version]/route.ts";
import * as versionWithdraw from "../../versions/[namespace]/[server]/[version]/withdraw/route.ts";
import * as serverVersions from "../../versions/[namespace]/[server]/route.ts";
import * as whoami from "../../whoami/route.ts";
import * as document from "../route.ts";

/** Every route below `/api/v1`, by its folder. A test fails for one that is missing here. */
export const routes: RouteModules = {
  "account/password": accountPassword,
  "account/totp": accountTotp,
  "account/totp/confirm": accountTotpConfirm,
  "audit/events": auditEvents,
  "audit/events/[seq]": auditEvent,
  "audit/export": auditExport,
  "audit/refusals": auditRefusals,
  "audit/refusals/[seq]": auditRefusal,
  "audit/state": auditState,
  channels: channels,
  "channels/[slug]": channel,
  "channels/[slug]/disable": channelDisable,
  "channels/[slug]/enable": channelEnable,
  "channels/[slug]/preview": channelPreview,
  "channels/[slug]/readers": channelReaders,
  "channels/[slug]/rotate": channelRotate,
  "channels/[slug]/secrets/[id]/revoke": channelSecretRevoke,
  invitations: invitations,
  "invitations/[id]": invitation,
  "keys/[id]/revoke": keyRevoke,
  namespaces: namespaces,
  "namespaces/[namespace]": namespace,
  "namespaces/[namespace]/keys": namespaceKeys,
  "namespaces/[namespace]/owners/[personId]": namespaceOwner,
  "namespaces/[namespace]/rules": namespaceRules,
  "namespaces/[namespace]/rules/test": namespaceRulesTest,
  "openapi.json": document,
  people: people,
  "people/[id]/clear-totp": personClearTotp,
  "people/[id]/deactivate": personDeactivate,
  "people/[id]/grants": personGrants,
  "people/[id]/reactivate": personReactivate,
  "people/[id]/reset": personReset,
  "policy-changes": policyChanges,
  "policy-changes/[id]/cancel": policyChangeCancel,
  "policy-changes/[id]/confirm": policyChangeConfirm,
  publish: publish,
  reviews: reviews,
  "reviews/[versionId]": review,
  "reviews/[versionId]/approve": reviewApprove,
  "reviews/[versionId]/reject": reviewReject,
  "rules/[id]": rule,
  "rules/prefill": rulesPrefill,
  "servers/[namespace]/[server]/channels": serverChannels,
  "servers/[namespace]/[server]/tags": serverTags,
  "servers/[namespace]/[server]/tags/preview": serverTagsPreview,
  sessions: sessions,
  "sessions/[id]": session,
  "sessions/current": sessionsCurrent,
  "signing-config": signingConfig,
  tokens: tokens,
  "tokens/[id]": token,
  "trust-roots": trustRoots,
  "versions/[namespace]/[server]": serverVersions,
  "versions/[namespace]/[server]/[version]": version,
  "versions/[namespace]/[server]/[version]/evidence": versionEvidence,
  "versions/[namespace]/[server]/[version]/readers": versionReaders,
  "versions/[namespace]/[server]/[version]/readers/export": versionReadersExport,
  "versions/[namespace]/[server]/[version]/reopen": versionReopen,
  "versions/[namespace]/[server]/[version]/revoke": versionRevoke,
  "versions/[namespace]/[server]/[version]/withdraw": versionWithdraw,
  whoami: whoami,
};
