import type { ListLedgerInput } from "#lib/ledger/index.ts";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;
export type EventSearch = { before?: string; action?: string; namespace?: string };

/** The filter in the address: the first of each, nothing that is empty. */
export async function readSearch(params: SearchParams): Promise<EventSearch> {
  const search: EventSearch = {};
  for (const key of ["before", "action", "namespace"] as const) {
    const value = [(await params)[key]].flat()[0]?.trim();
    if (value) search[key] = value;
  }
  return search;
}

/** As the verb takes it; whether the action is one of the ledger's is the verb's to say. */
export function toListInput({ action, ...search }: EventSearch): ListLedgerInput {
  return { ...search, action: action as ListLedgerInput["action"] };
}
