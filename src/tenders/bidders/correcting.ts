/** A bidder corrects what it registered, or changes its telephone: a whole new entry beside the one before, compared anew with everybody (T6, T13). No HTTP. */
import { maskName } from "../../community/identity/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { takesBids } from "../rules.ts";
import { assertTenderStands } from "../store.ts";
import { bidderCommitment, openPersons, type Persons, type RegisterRefusal, readAnnounced } from "./actions.ts";
import { phoneOf } from "./contacts.ts";
import { DECLARATIONS, mayRegister, type Registration, readRegistration, type TypedRegistration } from "./rules.ts";
import { bidderContext } from "./sealed.ts";
import type { BidderActor } from "./session.ts";
import {
  assertLotEntries,
  type BidderRow,
  countLotEntries,
  findLastConflict,
  insertCorrection,
  listBidders,
  listConflictsNoted,
  listDebarmentsOf,
  listFormerContacts,
  lotsOf,
} from "./store.ts";
import { comparedAs, noteConflicts, officerQueries, tiesOf } from "./ties.ts";

/** What may be corrected. Lots are entered and left by themselves; declarations stay as they were made. */
export type TypedCorrection = Omit<TypedRegistration, "lots" | "declarations">;

export type CorrectRefusal = RegisterRefusal | { readonly reason: "phone_of_another" };

export interface Corrected {
  /** How many corrections there are; as before where nothing was changed. */
  readonly corrections: number;
  /** Conflicts that were found by it and await a decision. */
  readonly conflicts: number;
}

const MOST_TRIES = 8;
type Own = Pick<BidderActor, "tenderId" | "bidderId">;

/** A number left empty beside an unchanged name is the number given before: nobody types an identity number twice. */
function withKnownNumbers(typed: TypedCorrection, known: Persons): TypedCorrection {
  const { representative, controller } = known;
  const keeps = (name: string, number: string, before: Persons["representative"]): string =>
    number.trim() === "" && name.trim() === before.name ? before.number : number;
  return {
    ...typed,
    representativeNumber: keeps(typed.representativeName, typed.representativeNumber, representative),
    controllerNumber: keeps(typed.controllerName, typed.controllerNumber, controller),
  };
}

/** Corrects company, people and contact's name. The same again, or nothing changed, writes nothing. */
export const correctBidder = (
  scene: Scene,
  own: Own,
  typed: TypedCorrection,
): Promise<Result<Corrected, CorrectRefusal>> => correcting(scene, own, { typed, contactId: null });

/** Another telephone speaks for the bidder from now on; it was proved by a code before. The one before speaks for nobody any more. */
export const changeContact = (scene: Scene, own: Own, contactId: string): Promise<Result<Corrected, CorrectRefusal>> =>
  correcting(scene, own, { typed: null, contactId });

/** What stands of a bidder in the form it was typed. */
export const typedOf = (row: BidderRow, { representative, controller, contactName }: Persons): TypedCorrection => {
  const isSame = controller.number === representative.number;
  return {
    name: row.name,
    code: row.code,
    representativeName: representative.name,
    representativeNumber: representative.number,
    controller: isSame ? "same" : "other",
    controllerName: isSame ? "" : controller.name,
    controllerNumber: isSame ? "" : controller.number,
    contactName,
    incumbent: row.incumbent === 1 ? "yes" : "no",
  };
};

async function correcting(
  scene: Scene,
  { tenderId, bidderId }: Own,
  change: { readonly typed: TypedCorrection | null; readonly contactId: string | null },
): Promise<Result<Corrected, CorrectRefusal>> {
  const today = dayOf(scene.now);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const read = await readAnnounced(scene, tenderId);
    if (!read) return err({ reason: "unknown_tender" });
    const { tender, scheme } = read;
    const late = { reason: "bids_not_taken", state: tender.state, closedAt: tender.closesAt } as const;
    const [bidders, contacts, noted, lastConflict, entries] = await scene.db.read(
      listBidders(scene, tenderId),
      listFormerContacts(scene, tenderId),
      listConflictsNoted(scene, tenderId, bidderId),
      findLastConflict(scene, tenderId),
      countLotEntries(scene, tenderId),
    );
    const own = bidders.find((row) => row.bidderId === bidderId);
    if (!own) return err({ reason: "unknown_tender" });
    const persons = await openPersons(scene, own);
    const contactId = change.contactId ?? own.contactId;
    const before = typedOf(own, persons);
    const typed = withKnownNumbers(change.typed ?? before, persons);
    const lots = lotsOf(own);
    // The form asks for lots; a bidder that left them all corrects itself all the same.
    const form = { ...typed, lots: scheme.lots.map(({ lotNo }) => String(lotNo)), declarations: DECLARATIONS };
    const parsed = readRegistration(form, scheme, today);
    if (!takesBids(tender, scene.now)) return err(late);
    if (!parsed.ok) return err({ reason: "form_faults", faults: parsed.error });
    const asked: Registration = { ...parsed.value, lots };
    const others = bidders.filter((row) => row.bidderId !== bidderId);
    if (contacts.some((one) => one.contactId === contactId && one.bidderId !== bidderId))
      return err({ reason: "phone_of_another" });
    if (contactId === own.contactId && isSame(asked, own, persons))
      return ok({ corrections: own.corrections, conflicts: 0 });
    const [debarments, officers, interests, owners] = await scene.db.read(
      listDebarmentsOf(scene, asked.code),
      ...officerQueries(scene, asked),
    );
    const known = { debarments, codes: others.map(({ code }) => code), ownName: null };
    const may = mayRegister(asked, tender, scheme, known, scene.now, today);
    if (!may.ok) return may;
    const compared = comparedAs(scene, bidderId, asked);
    const phone = await phoneOf(scene, contactId);
    const found = await tiesOf(scene, asked, compared, others, phone, [officers, interests, owners]);
    const conflicts = found.filter(
      ({ kind, lotNo, withId }) =>
        !noted.some((one) => one.kind === kind && one.lotNo === lotNo && one.withId === withId),
    );
    const correctionNo = own.corrections + 1;
    const { name, code, representative, controller, contactName } = asked;
    const leaf = appendLeaf(
      scene,
      "tender.bidder_corrected",
      {
        tender: tenderId,
        registration: own.leafHash,
        correction: correctionNo,
        bidder: bidderCommitment(scene, { bidderId, name, code }),
      },
      tenderId,
    );
    const people: Persons = { representative, controller, contactName };
    const written = await scene.db.write([
      assertTenderStands(scene, tender),
      assertLotEntries(scene, tenderId, entries[0]?.total ?? 0),
      insertCorrection(scene, {
        tenderId,
        bidderId,
        correctionNo,
        name,
        code,
        codeDoubt: asked.codeDoubt,
        contactId,
        personsSealed: await scene.keys.seal(JSON.stringify(people), bidderContext(scene.community.id, bidderId)),
        representativeMasked: maskName(representative.name),
        controllerMasked: maskName(controller.name),
        representativeHash: compared.representativeHash,
        controllerHash: compared.controllerHash,
        incumbent: asked.incumbent || scheme.kept.some(({ provider }) => provider === name) ? 1 : 0,
        correctedAt: scene.now,
        leafHash: leaf.leafHash,
      }),
      leaf.statement,
      ...noteConflicts(scene, tenderId, bidderId, conflicts, lastConflict[0]?.last ?? 0),
    ]);
    if (written.ok) return ok({ corrections: correctionNo, conflicts: conflicts.length });
    switch (written.error.code) {
      case "bidders_changed_meanwhile":
      case "conflicts_changed_meanwhile":
        continue;
      case "tender_stale":
        return err({ reason: "tender_changed" });
      case "bids_not_taken":
        return err(late);
      default:
        throw new Error(`a correction was refused by ${written.error.code}`);
    }
  }
  throw new Error("too many bidders at once");
}

const isSame = (asked: Registration, own: BidderRow, persons: Persons): boolean =>
  asked.name === own.name &&
  asked.code === own.code &&
  (asked.incumbent ? 1 : 0) === own.incumbent &&
  asked.contactName === persons.contactName &&
  (["representative", "controller"] as const).every(
    (who) => asked[who].name === persons[who].name && asked[who].number === persons[who].number,
  );
