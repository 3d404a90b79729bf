import type { ShownState } from "#lib/versions/view.ts";
import { Banner } from "../ui/banner.tsx";
import { Time } from "../ui/time.tsx";
import type { Tone } from "../ui/tone.ts";
import { VisibleText } from "../ui/visible-text.tsx";

type Notice = { tone: Tone; title: string; text: string };

const notices: Partial<Record<ShownState, Notice>> = {
  pending: {
    tone: "pending",
    title: "Not reviewed yet",
    text: "The publisher signed this version. Clients cannot resolve it until it is countersigned.",
  },
  rejected: {
    tone: "revoked",
    title: "Rejected",
    text: "A reviewer rejected this version. Clients cannot resolve it.",
  },
  withdrawn: {
    tone: "neutral",
    title: "Withdrawn",
    text: "The publisher took this version back before it was reviewed.",
  },
  quarantined: { tone: "pending", title: "In quarantine", text: "Clients cannot resolve this version for now." },
  revoked: {
    tone: "revoked",
    title: "Revoked: do not use this version",
    text: "The registry signed a revocation. Clients no longer resolve it; remove it where it is installed.",
  },
  expired: {
    tone: "expired",
    title: "The countersignature has expired",
    text: "Clients no longer resolve this version. To go on, publish it under a new version, which is reviewed anew.",
  },
};

type StatusBannerProps = {
  state: ShownState;
  message: string | null;
  deprecated?: boolean;
  /** When an expired version did. */
  since?: string | null;
  now: Date;
};

/** Why a version cannot be relied on; nothing when it can. `message` is the reason someone gave. */
export function StatusBanner({ state, message, deprecated, since, now }: StatusBannerProps) {
  const notice: Notice | undefined =
    notices[state] ??
    (deprecated
      ? { tone: "expired", title: "Deprecated", text: "It still resolves, but its publisher advises against it." }
      : undefined);
  if (!notice) return null;
  return (
    <Banner tone={notice.tone} title={notice.title} className="mb-6">
      <p>
        {state === "expired" && since ? (
          <>
            It ended <Time at={since} now={now} />.{" "}
          </>
        ) : null}
        {notice.text}
      </p>
      {message ? (
        <p className="mt-1">
          <span className="text-muted">Reason:</span> <VisibleText text={message} />
        </p>
      ) : null}
    </Banner>
  );
}
