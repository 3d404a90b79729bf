import { compareText, type Shelf } from "#lib/resolver/catalogue/shelf.ts";

/** Two sequences of servers in list order, without common names, as one. */
export function* mergeShelves(a: Iterator<Shelf>, b: Iterator<Shelf>): Generator<Shelf> {
  let [left, right] = [a.next(), b.next()];
  while (!left.done || !right.done) {
    if (right.done || (!left.done && compareText(left.value.name, right.value.name) < 0)) {
      if (!left.done) yield left.value;
      left = a.next();
    } else {
      yield right.value;
      right = b.next();
    }
  }
}
