/** Who acts, as tables and the record say it: an id for the table, an office and never a name for the public. */
import type { Bilingual, T } from "../platform/i18n.ts";
import type { StaffScene } from "../platform/scene.ts";
import { isPostKind, type PostKind } from "./rules.ts";

export interface Author {
  /** A person's id, or a word such as `clock` for who is no person. */
  readonly id: string;
  /** In Chinese whatever language its holder works in, because it is kept and hashed. */
  readonly words: string;
}

/** An office that acts in a room, and how it is named there. */
export type Named = readonly [PostKind, Bilingual];

const STAFF: Bilingual = { zh: "工作人员", en: "Staff" };

export interface Authors {
  /** The office somebody acts from: of several, the first of the room's list. */
  readonly authorOf: (scene: Pick<StaffScene, "actor">) => Author;
  /** The kept words in the reader's language. */
  readonly sayAuthor: (words: string, t: T) => string;
}

/**
 * The authors of one room: its offices in the order in which one is taken for another, and whoever else acts there, such
 * as the clock or an owner.
 */
export function authorsOf(offices: readonly Named[], others: readonly Bilingual[] = []): Authors {
  const known = [...offices.map(([, said]) => said), STAFF, ...others];
  return {
    authorOf: ({ actor }) => {
      const held = actor.posts.map(({ kind }) => kind).filter(isPostKind);
      const found = offices.find(([kind]) => held.includes(kind));
      return { id: actor.personId, words: (found?.[1] ?? STAFF).zh };
    },
    sayAuthor: (words, t) => {
      const said = known.find(({ zh }) => zh === words);
      return said ? t(said.zh, said.en) : words;
    },
  };
}
