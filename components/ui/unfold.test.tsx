import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Unfold } from "./unfold.tsx";

const draw = (count: number) =>
  renderToStaticMarkup(
    <Unfold items={Array.from({ length: count }, (_, at) => `item-${at}`)} first={3} noun="rows">
      {(items) => <p>{items.join(" ")}</p>}
    </Unfold>,
  );

it("folds all but the first, losing none", () => {
  const [shown, folded] = draw(6).split("<details>");
  expect(shown).toBe("<p>item-0 item-1 item-2</p>");
  expect(folded).toContain("3 more rows");
  expect(folded).toContain("<p>item-3 item-4 item-5</p>");
});

it.each([0, 3, 4])("folds nothing of %d", (count) => {
  expect(draw(count)).not.toContain("<details>");
});
