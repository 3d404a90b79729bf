import type { RemoteView } from "#lib/manifest/view.ts";
import { compareInputs } from "#lib/reviews/changes/inputs.ts";
import { compareKeyed, type Keyed, numberDuplicates } from "#lib/reviews/changes/keyed.ts";
import type { ChangeView } from "#lib/reviews/view.ts";

/** Remotes by transport and address: another address is another remote. Then headers and variables of each. */
export function compareRemotes(before: readonly RemoteView[], after: readonly RemoteView[]): ChangeView[] {
  const [old, now] = [toKeyed(before), toKeyed(after)];
  const own = compareKeyed(old, now, (remote) => remote.url ?? "").map(
    ({ key, kind, from, to, pointer }): ChangeView => ({
      area: "remote",
      kind,
      label: key,
      before: from?.value.url ?? null,
      after: to?.value.url ?? null,
      pointer: pointer ?? "/remotes",
    }),
  );
  const byKey = new Map(numberDuplicates(old).map(({ key, value }) => [key, value]));
  return [...own, ...numberDuplicates(now).flatMap((entry) => compareInside(byKey.get(entry.key) ?? null, entry))];
}

function toKeyed(remotes: readonly RemoteView[]): Keyed<RemoteView>[] {
  return remotes.map((value, index) => ({
    key: `${value.type} ${value.url ?? ""}`,
    value,
    pointer: `/remotes/${index}`,
  }));
}

function compareInside(before: RemoteView | null, { key: owner, value, pointer }: Keyed<RemoteView>): ChangeView[] {
  const area = "environment";
  return [
    ...compareInputs(before?.headers ?? [], value.headers, { owner, area, pointer: `${pointer}/headers` }),
    ...compareInputs(before?.variables ?? [], value.variables, { owner, area, pointer: `${pointer}/variables` }),
  ];
}
