/** Registering to bid: load, ask the rules, write with the leaf. Names nobody in the record: who bids stays unknown until the opening (TB 22). No HTTP. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { maskName } from "../../community/identity/rules.ts";
import { rollNameHash, rollNumberHash } from "../../community/privacy/actions.ts";
import { dayOf } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { openName, phoneHashOf } from "../../offices/people/store.ts";
import { PERMISSIONS } from "../../offices/rules.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import { takesBids } from "../rules.ts";
import { readTender } from "../scheme/actions.ts";
import type { Scheme } from "../scheme/rules.ts";
import { assertTenderStands, type TenderKey, type TenderRow } from "../store.ts";
import { phoneOf } from "./contacts.ts";
import {
  type Compared,
  type Conflict,
  DECLARATIONS,
  type EntryRefusal,
  type Identified,
  mayRegister,
  type Registration,
  type RegistrationFault,
  readRegistration,
  type TypedRegistration,
  tiesAmong,
  tiesWithOfficers,
} from "./rules.ts";
import { bidderContext } from "./sealed.ts";
import {
  assertLotEntries,
  type BidderRow,
  countLotEntries,
  findLastConflict,
  insertBidder,
  insertBidderLot,
  insertConfirmation,
  insertConflict,
  listBidders,
  listDebarmentsOf,
  listInterestsIn,
  listOfficersNow,
  listOwnersNamed,
  lotsOf,
} from "./store.ts";

/** Who stands behind a bidder, sealed as one. */
export interface Persons {
  readonly representative: Identified;
  readonly controller: Identified;
  readonly contactName: string;
}
/** Opens who stands behind a bidder: for those who examine it. */
export const openPersons = async (
  { keys, community }: Scene,
  row: Pick<BidderRow, "bidderId" | "personsSealed">,
): Promise<Persons> =>
  JSON.parse(await keys.open(row.personsSealed, bidderContext(community.id, row.bidderId))) as Persons;

/** The keyed hash persons and companies are compared by; the same over all tenders of a community. */
const personHash = ({ keys, community }: Scene, number: string): string =>
  keys.index(number, `tender-person:${community.id}`);
/** The keyed hash kin that an officer declared are found by. */
export const kinHashOf = ({ keys, community }: Scene, name: string): string =>
  keys.index(name, `tender-kin:${community.id}`);

/** What the record holds of who registered, to be shown when names may be. */
export const bidderCommitment = (
  { keys, community }: Scene,
  bidder: Pick<BidderRow, "bidderId" | "name" | "code">,
): string => {
  const salt = hexToBytes(keys.index(bidder.bidderId, `tender-bidder-salt:${community.id}`)).subarray(0, SALT_BYTES);
  return commit(salt, { name: bidder.name, code: bidder.code });
};

export const comparedOf = (scene: Scene, row: BidderRow): Compared => ({
  bidderId: row.bidderId,
  lots: lotsOf(row),
  codeHash: personHash(scene, row.code),
  representativeHash: row.representativeHash,
  controllerHash: row.controllerHash,
});

/** A tender with the scheme in force; null where there is none, or none announced. */
export async function readAnnounced(
  scene: Scene,
  key: TenderKey,
): Promise<{ readonly tender: TenderRow; readonly scheme: Scheme } | null> {
  const read = await readTender(scene, key);
  return read && read.row.noticedAt !== null ? { tender: read.row, scheme: read.scheme } : null;
}

// ——— Too close ———

/** Everyone who acts for the owners in a tender: whoever may read its desk. */
const OFFICER_POSTS = PERMISSIONS["tender.read"];

/** What the offices, their declarations and the roll say about a company's people. */
const officerQueries = (scene: Scene, asked: Pick<Registration, "code" | "name" | "representative" | "controller">) => {
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

// ——— Registering ———

export type RegisterRefusal =
  | EntryRefusal
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "form_faults"; readonly faults: readonly RegistrationFault[] }
  /** The scheme was amended between reading the form and sending it. */
  | { readonly reason: "tender_changed" };

export interface Registered {
  readonly bidderId: string;
  readonly bidderNo: number;
  /** How many conflicts were noted and await a decision. */
  readonly conflicts: number;
}

const MOST_TRIES = 8;

/**
 * A company registers to bid, speaking through a contact whose telephone was proved. A repeat of the same company by the same contact is
 * the same registration. What is too close is noted for a decision of two, not refused: the site cannot see who lies (T13).
 */
export async function registerBidder(
  scene: Scene,
  contactId: string,
  key: TenderKey,
  typed: TypedRegistration,
): Promise<Result<Registered, RegisterRefusal>> {
  const today = dayOf(scene.now);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const read = await readAnnounced(scene, key);
    if (!read) return err({ reason: "unknown_tender" });
    const { tender, scheme } = read;
    const { tenderId } = tender;
    const parsed = readRegistration(typed, scheme, today);
    if (!parsed.ok) {
      // Late comes before misspelt: nobody mends a form that cannot go in any more.
      if (!takesBids(tender, scene.now))
        return err({ reason: "bids_not_taken", state: tender.state, closedAt: tender.closesAt });
      return err({ reason: "form_faults", faults: parsed.error });
    }
    const asked = parsed.value;
    const [bidders, debarments, lastConflict, entries, officers, interests, owners] = await scene.db.read(
      listBidders(scene, tenderId),
      listDebarmentsOf(scene, asked.code),
      findLastConflict(scene, tenderId),
      countLotEntries(scene, tenderId),
      ...officerQueries(scene, asked),
    );
    const own = bidders.find((row) => row.contactId === contactId);
    if (own && own.code === asked.code) return ok({ bidderId: own.bidderId, bidderNo: own.bidderNo, conflicts: 0 });
    const known = { debarments, codes: bidders.map(({ code }) => code), ownName: own?.name ?? null };
    const may = mayRegister(asked, tender, scheme, known, scene.now, today);
    if (!may.ok) return may;
    const bidderId = newId<string>(scene.random);
    const compared: Compared = {
      bidderId,
      lots: asked.lots,
      codeHash: personHash(scene, asked.code),
      representativeHash: personHash(scene, asked.representative.number),
      controllerHash: personHash(scene, asked.controller.number),
    };
    const others = bidders.map((row) => comparedOf(scene, row));
    const phone = await phoneOf(scene, contactId);
    const conflicts = [
      ...tiesAmong(compared, others),
      ...(await officerTies(scene, asked, phone, [officers, interests, owners])),
    ];
    const bidderNo = bidders.length + 1;
    const statements = await registrationStatements(scene, { tender, scheme, asked, contactId, bidderNo, compared });
    const written = await scene.db.write([
      assertTenderStands(scene, tender),
      assertLotEntries(scene, tenderId, entries[0]?.total ?? 0),
      ...statements,
      ...noteConflicts(scene, tenderId, bidderId, conflicts, lastConflict[0]?.last ?? 0),
    ]);
    if (written.ok) return ok({ bidderId, bidderNo, conflicts: conflicts.length });
    switch (written.error.code) {
      // Somebody registered meanwhile: who they are may change what is found.
      case "bidders_changed_meanwhile":
      case "conflicts_changed_meanwhile":
        continue;
      case "tender_stale":
        return err({ reason: "tender_changed" });
      case "bids_not_taken":
        return err({ reason: "bids_not_taken", state: tender.state, closedAt: tender.closesAt });
      default:
        throw new Error(`a bidder was refused by ${written.error.code}`);
    }
  }
  throw new Error("too many bidders at once");
}

async function registrationStatements(
  scene: Scene,
  made: {
    readonly tender: TenderRow;
    readonly scheme: Scheme;
    readonly asked: Registration;
    readonly contactId: string;
    readonly bidderNo: number;
    readonly compared: Compared;
  },
): Promise<readonly Query[]> {
  const { tender, scheme, asked, contactId, bidderNo, compared } = made;
  const { tenderId, edition } = tender;
  const { bidderId } = compared;
  const { name, code, representative, controller, contactName } = asked;
  const isKept = scheme.kept.some(({ provider }) => provider === name);
  const persons: Persons = { representative, controller, contactName };
  const leaf = appendLeaf(
    scene,
    "tender.bidder_registered",
    { tender: tenderId, edition, bidder: bidderCommitment(scene, { bidderId, name, code }) },
    tenderId,
  );
  const { leafHash } = leaf;
  const of = { tenderId, bidderId };
  return [
    insertBidder(scene, {
      ...of,
      bidderNo,
      name,
      code,
      codeDoubt: asked.codeDoubt,
      contactId,
      personsSealed: await scene.keys.seal(JSON.stringify(persons), bidderContext(scene.community.id, bidderId)),
      representativeMasked: maskName(representative.name),
      controllerMasked: maskName(controller.name),
      representativeHash: compared.representativeHash,
      controllerHash: compared.controllerHash,
      incumbent: asked.incumbent || isKept ? 1 : 0,
      declarations: JSON.stringify(DECLARATIONS),
      registeredAt: scene.now,
      leafHash,
    }),
    ...asked.lots.map((lotNo) => insertBidderLot(scene, { ...of, lotNo, joinedAt: scene.now, leafHash })),
    insertConfirmation(scene, { ...of, edition, confirmedAt: scene.now, leafHash }),
    leaf.statement,
  ];
}
