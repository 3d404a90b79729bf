import { type Selection, toSelector } from "#lib/channels/selection.ts";
import type { SelectableServer } from "#lib/channels/store/servers.ts";

export type SelectionChange = { appear: SelectableServer[]; disappear: SelectableServer[]; after: SelectableServer[] };

/** Which servers enter and leave when one selection takes the place of another; `before` null shows nothing. */
export function compareSelections(
  servers: readonly SelectableServer[],
  before: Selection | null,
  after: Selection,
): SelectionChange {
  const wasShown = before === null ? () => false : toSelector(before);
  const isShown = toSelector(after);
  const change: SelectionChange = { appear: [], disappear: [], after: [] };
  for (const server of servers) {
    const [was, is] = [wasShown(server), isShown(server)];
    if (is) change.after.push(server);
    if (is && !was) change.appear.push(server);
    if (was && !is) change.disappear.push(server);
  }
  return change;
}
