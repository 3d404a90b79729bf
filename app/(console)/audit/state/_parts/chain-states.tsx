import { ChainStateCard } from "#components/audit/chain-state-card.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Ctx } from "#lib/core/context.ts";
import { chainStates } from "#lib/ledger/index.ts";

/** Walks both chains now and says what was found. */
export async function ChainStates({ ctx }: { ctx: Ctx }) {
  const states = await chainStates(ctx);
  const intact = states.every((state) => state.intact);
  return (
    <div className="grid gap-6">
      <Banner
        tone={intact ? "approved" : "revoked"}
        title={intact ? "Both chains are intact" : "A chain was changed after it was written"}
      >
        Walked from the first event just now, <Time at={ctx.now().toISOString()} absolute />: every number, digest, link
        and time, and the audit head named in every signed approval.
      </Banner>
      {states.map((state) => (
        <ChainStateCard key={state.chain} state={state} now={ctx.now()} />
      ))}
    </div>
  );
}
