/** What new leaves add to a tree: the subtrees they complete and the new root, from the right edge alone. */
import { type Hash, hashNode } from "./hash.ts";
import { fold, type Subtree, subtreesOf } from "./range.ts";

/** A complete subtree with its hash. */
export interface HashedSubtree extends Subtree {
  readonly hash: Hash;
}

export interface Growth {
  readonly size: number;
  readonly root: Hash;
  /** Subtrees of two leaves and more that were completed, in the order they were. Over a log's life fewer than its leaves. */
  readonly completed: readonly HashedSubtree[];
}

/**
 * Adds leaves to a tree of `size` leaves of which only `edge` is known: the hashes of `subtreesOf({start: 0, end: size})`.
 * Costs one hash a completed subtree plus one a level, however long the log. Throws when the edge does not fit the size.
 */
export function grow(size: number, edge: readonly Hash[], leaves: readonly Hash[]): Growth {
  const places = subtreesOf({ start: 0, end: size });
  if (places.length !== edge.length) throw new RangeError(`a tree of ${size} leaves has ${places.length} edge hashes`);
  const open: HashedSubtree[] = places.map((place, at) => ({ ...place, hash: edge[at]! }));
  const completed: HashedSubtree[] = [];
  leaves.forEach((hash, at) => {
    let right: HashedSubtree = { level: 0, position: size + at, hash };
    for (let left = open.at(-1); left && left.level === right.level; left = open.at(-1)) {
      open.pop();
      right = { level: left.level + 1, position: left.position / 2, hash: hashNode(left.hash, right.hash) };
      completed.push(right);
    }
    open.push(right);
  });
  return { size: size + leaves.length, root: fold(open.map((part) => part.hash)), completed };
}
