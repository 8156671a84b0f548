/** Publishing what owners are told regularly: load, ask the rules, write with the leaf. No HTTP. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { canonicalHash } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { type RegularFault, readTexts, type Texts, WRITTEN } from "./rules.ts";
import { type EditionRow, insertEdition, listEditions } from "./store.ts";

const contextOf = (communityId: string, edition: number): string => `ledger-regular:${communityId}:${edition}`;
registerSealed({
  table: "ledger_regular",
  column: "person_sealed",
  key: ["edition"],
  contextOf: (communityId, { edition }) => contextOf(communityId, Number(edition)),
});

/** An edition with all its texts; who is in charge is opened, for the law has it told. */
export const openEdition = async (scene: Scene, row: EditionRow): Promise<Texts> => ({
  ...(JSON.parse(row.texts) as Omit<Texts, "person">),
  person: await scene.keys.open(row.personSealed, contextOf(scene.community.id, row.edition)),
});

export type RegularRefusal = {
  readonly reason: "regular_faulty";
  readonly faults: readonly [RegularFault, ...RegularFault[]];
};
const MOST_TRIES = 10;

/** Publishes the next edition; sent again as it stands it is that one. The entry has the hash of the words that name nobody, and no name. */
export async function publishRegular(
  scene: StaffScene,
  typed: Texts,
): Promise<Result<{ readonly edition: number }, RegularRefusal>> {
  const read = readTexts(typed);
  if (!read.ok) return err({ reason: "regular_faulty", faults: read.error });
  const { person, ...texts } = read.value;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [rows] = await scene.db.read(listEditions(scene, { limit: 1, upTo: Number.MAX_SAFE_INTEGER }));
    const last = rows[0];
    const before = last ? await openEdition(scene, last) : null;
    if (last && before && WRITTEN.every((heading) => before[heading] === read.value[heading]))
      return ok({ edition: last.edition });
    const edition = (last?.edition ?? 0) + 1;
    const contentHash = canonicalHash(texts);
    const leaf = appendLeaf(scene, "regular.published", { edition, content: contentHash }, `regular-${edition}`);
    const insert = insertEdition(scene, {
      edition,
      texts: JSON.stringify(texts),
      personSealed: await scene.keys.seal(person, contextOf(scene.community.id, edition)),
      contentHash,
      publishedBy: scene.actor.personId,
      publishedAt: scene.now,
      leafHash: leaf.leafHash,
    });
    const written = await scene.db.write([insert, leaf.statement]);
    if (written.ok) return ok({ edition });
    if (written.error.code !== "edition_taken") throw new Error(`an edition was refused by ${written.error.code}`);
  }
  throw new Error("too many editions at once");
}
