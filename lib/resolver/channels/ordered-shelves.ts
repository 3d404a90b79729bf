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

/** Of servers in list order those with these names, which are in the same order. */
export function* pickShelves(shelves: Iterable<Shelf>, names: Iterator<string>): Generator<Shelf> {
  let next = names.next();
  for (const shelf of shelves) {
    while (!next.done && compareText(next.value, shelf.name) < 0) next = names.next();
    if (next.done) return;
    if (next.value === shelf.name) yield shelf;
  }
}
