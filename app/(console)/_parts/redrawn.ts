import { refresh } from "next/cache";

/** The answer of a verb that changed something; the page that asked for it is drawn anew along with it. */
export async function redrawn<View>(answer: Promise<View>): Promise<View> {
  const view = await answer;
  refresh();
  return view;
}
