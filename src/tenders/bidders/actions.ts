/** Registering to bid: load, ask the rules, write with the leaf. Names nobody in the record: who bids stays unknown until the opening (TB 22). No HTTP. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { maskName } from "../../community/identity/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
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
  DECLARATIONS,
  type EntryRefusal,
  type Identified,
  mayRegister,
  type Registration,
  type RegistrationFault,
  readRegistration,
  type TypedRegistration,
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
  listBidders,
  listDebarmentsOf,
  listFormerContacts,
} from "./store.ts";
import { comparedAs, noteConflicts, officerQueries, tiesOf } from "./ties.ts";

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

/** What the record holds of who registered, to be shown when names may be. */
export const bidderCommitment = (
  { keys, community }: Scene,
  bidder: Pick<BidderRow, "bidderId" | "name" | "code">,
): string => {
  const salt = hexToBytes(keys.index(bidder.bidderId, `tender-bidder-salt:${community.id}`)).subarray(0, SALT_BYTES);
  return commit(salt, { name: bidder.name, code: bidder.code });
};

/** A tender with the scheme in force; null where there is none, or none announced. */
export async function readAnnounced(
  scene: Scene,
  key: TenderKey,
): Promise<{ readonly tender: TenderRow; readonly scheme: Scheme } | null> {
  const read = await readTender(scene, key);
  return read && read.row.noticedAt !== null ? { tender: read.row, scheme: read.scheme } : null;
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
    const [bidders, contacts, debarments, lastConflict, entries, officers, interests, owners] = await scene.db.read(
      listBidders(scene, tenderId),
      listFormerContacts(scene, tenderId),
      listDebarmentsOf(scene, asked.code),
      findLastConflict(scene, tenderId),
      countLotEntries(scene, tenderId),
      ...officerQueries(scene, asked),
    );
    const spokenFor = contacts.find((one) => one.contactId === contactId)?.bidderId;
    const own = bidders.find((row) => row.bidderId === spokenFor);
    if (own && own.contactId === contactId && own.code === asked.code)
      return ok({ bidderId: own.bidderId, bidderNo: own.bidderNo, conflicts: 0 });
    const known = { debarments, codes: bidders.map(({ code }) => code), ownName: own?.name ?? null };
    const may = mayRegister(asked, tender, scheme, known, scene.now, today);
    if (!may.ok) return may;
    const bidderId = newId<string>(scene.random);
    const compared = comparedAs(scene, bidderId, asked);
    const phone = await phoneOf(scene, contactId);
    const conflicts = await tiesOf(scene, asked, compared, bidders, phone, [officers, interests, owners]);
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
