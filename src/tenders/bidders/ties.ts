/** What brings a bidder too close to another or to an officer: found by keyed hashes, noted with a leaf that names nobody (T13, TBR 34). No HTTP. */
import { rollNameHash, rollNumberHash } from "../../community/privacy/actions.ts";
import { openName, phoneHashOf } from "../../offices/people/store.ts";
import { PERMISSIONS } from "../../offices/rules.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { type Compared, type Conflict, type Registration, tiesAmong, tiesWithOfficers } from "./rules.ts";
import { type BidderRow, insertConflict, listInterestsIn, listOfficersNow, listOwnersNamed, lotsOf } from "./store.ts";

/** The keyed hash persons and companies are compared by; the same over all tenders of a community. */
export const personHash = ({ keys, community }: Scene, number: string): string =>
  keys.index(number, `tender-person:${community.id}`);
/** The keyed hash kin that an officer declared are found by. */
export const kinHashOf = ({ keys, community }: Scene, name: string): string =>
  keys.index(name, `tender-kin:${community.id}`);

export const comparedOf = (scene: Scene, row: BidderRow): Compared => ({
  bidderId: row.bidderId,
  lots: lotsOf(row),
  codeHash: personHash(scene, row.code),
  representativeHash: row.representativeHash,
  controllerHash: row.controllerHash,
});

/** A company as it says it is, as it will be compared. */
export const comparedAs = (
  scene: Scene,
  bidderId: string,
  asked: Pick<Registration, "code" | "representative" | "controller" | "lots">,
): Compared => ({
  bidderId,
  lots: asked.lots,
  codeHash: personHash(scene, asked.code),
  representativeHash: personHash(scene, asked.representative.number),
  controllerHash: personHash(scene, asked.controller.number),
});

/** Everyone who acts for the owners in a tender: whoever may read its desk. */
const OFFICER_POSTS = PERMISSIONS["tender.read"];

/** What the offices, their declarations and the roll say about a company's people. */
export const officerQueries = (
  scene: Scene,
  asked: Pick<Registration, "code" | "name" | "representative" | "controller">,
) => {
  const names = [asked.representative.name, asked.controller.name];
  const company = {
    code: asked.code,
    company: asked.name,
    kinHashes: names.map((name) => kinHashOf(scene, name)),
  };
  return [
    listOfficersNow(scene, OFFICER_POSTS),
    listInterestsIn(scene, company),
    listOwnersNamed(
      scene,
      names.map((name) => rollNameHash(scene, name)),
    ),
  ] as const;
};

async function officerTies(
  scene: Scene,
  asked: Pick<Registration, "representative" | "controller">,
  phone: string | null,
  [officers, interests, owners]: readonly [
    readonly { personId: string; nameSealed: string; phoneHash: string }[],
    readonly { personId: string; sameCompany: 0 | 1; kinNamed: 0 | 1 }[],
    readonly { idHash: string | null }[],
  ],
): Promise<readonly Conflict[]> {
  const people = [asked.representative, asked.controller];
  const onRoll = people.filter(({ number }) => owners.some(({ idHash }) => idHash === rollNumberHash(scene, number)));
  const facts = await Promise.all(
    officers.map(async (officer) => {
      const name = await openName(scene, { personId: officer.personId as never, nameSealed: officer.nameSealed });
      return {
        personId: officer.personId,
        sameName: people.some((one) => one.name === name),
        sameNumber: onRoll.some((one) => one.name === name),
        samePhone: phone !== null && officer.phoneHash === phoneHashOf(scene, phone),
      };
    }),
  );
  return tiesWithOfficers(
    facts,
    interests.map(({ personId, sameCompany, kinNamed }) => ({
      personId,
      sameCompany: sameCompany === 1,
      kinNamed: kinNamed === 1,
    })),
  );
}

/** The statements that note conflicts: each its number, its row and its leaf, which names nobody. */
export function noteConflicts(
  scene: Scene,
  tenderId: string,
  bidderId: string,
  conflicts: readonly Conflict[],
  last: number,
): Query[] {
  return conflicts.flatMap(({ kind, lotNo, withId }, at) => {
    const conflictNo = last + at + 1;
    const leaf = appendLeaf(scene, "tender.conflict_found", { tender: tenderId, conflict: conflictNo, kind }, tenderId);
    const row = { tenderId, conflictNo, kind, lotNo, bidderId, withId, foundAt: scene.now, leafHash: leaf.leafHash };
    return [insertConflict(scene, row), leaf.statement];
  });
}

/** All ties of a bidder as it now stands: with the others of its lots, and with those who act for the owners. */
export async function tiesOf(
  scene: Scene,
  asked: Pick<Registration, "representative" | "controller">,
  compared: Compared,
  bidders: readonly BidderRow[],
  phone: string | null,
  known: Parameters<typeof officerTies>[3],
): Promise<readonly Conflict[]> {
  const others = bidders.map((row) => comparedOf(scene, row));
  return [...tiesAmong(compared, others), ...(await officerTies(scene, asked, phone, known))];
}
