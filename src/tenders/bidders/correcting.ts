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

interface Change {
  readonly typed: TypedCorrection | null;
  readonly contactId: string | null;
}

async function correcting(scene: Scene, own: Own, change: Change): Promise<Result<Corrected, CorrectRefusal>> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const done = await tryCorrecting(scene, own, change);
    if (done !== "again") return done;
  }
  throw new Error("too many bidders at once");
}

/** One try; `again` where another bidder was entered meanwhile and everything has to be compared anew. */
async function tryCorrecting(
  scene: Scene,
  own: Own,
  change: Change,
): Promise<Result<Corrected, CorrectRefusal> | "again"> {
  const standing = await readStanding(scene, own);
  if (!standing) return err({ reason: "unknown_tender" });
  const { tender, row, contacts } = standing;
  const late = { reason: "bids_not_taken", state: tender.state, closedAt: tender.closesAt } as const;
  if (!takesBids(tender, scene.now)) return err(late);
  const asked = readChange(scene, standing, change);
  if (!asked.ok) return asked;
  const contactId = change.contactId ?? row.contactId;
  if (contacts.some((one) => one.contactId === contactId && one.bidderId !== row.bidderId))
    return err({ reason: "phone_of_another" });
  if (contactId === row.contactId && isSame(asked.value, row, standing.persons))
    return ok({ corrections: row.corrections, conflicts: 0 });
  const compared = await compare(scene, standing, asked.value, contactId);
  if (!compared.ok) return compared;
  const written = await writeCorrection(scene, standing, { asked: asked.value, contactId, ...compared.value });
  if (written.ok) return ok({ corrections: row.corrections + 1, conflicts: compared.value.conflicts.length });
  switch (written.error.code) {
    case "bidders_changed_meanwhile":
    case "conflicts_changed_meanwhile":
      return "again";
    case "tender_stale":
      return err({ reason: "tender_changed" });
    case "bids_not_taken":
      return err(late);
    default:
      throw new Error(`a correction was refused by ${written.error.code}`);
  }
}

/** The bidder as it stands, with whom it is compared and what was noted of it; null where there is none. */
async function readStanding(scene: Scene, { tenderId, bidderId }: Own) {
  const read = await readAnnounced(scene, tenderId);
  if (!read) return null;
  const [bidders, contacts, noted, lastConflict, entries] = await scene.db.read(
    listBidders(scene, tenderId),
    listFormerContacts(scene, tenderId),
    listConflictsNoted(scene, tenderId, bidderId),
    findLastConflict(scene, tenderId),
    countLotEntries(scene, tenderId),
  );
  const row = bidders.find((one) => one.bidderId === bidderId);
  if (!row) return null;
  const others = bidders.filter((one) => one.bidderId !== bidderId);
  const persons = await openPersons(scene, row);
  const counted = { lastConflict: lastConflict[0]?.last ?? 0, entries: entries[0]?.total ?? 0 };
  return { ...read, tenderId, row, others, persons, contacts, noted, ...counted };
}
type Standing = NonNullable<Awaited<ReturnType<typeof readStanding>>>;

/** The whole registration as it would stand after the change. */
function readChange(
  scene: Scene,
  { scheme, row, persons }: Standing,
  change: Change,
): Result<Registration, CorrectRefusal> {
  const typed = withKnownNumbers(change.typed ?? typedOf(row, persons), persons);
  // The form asks for lots; a bidder that left them all corrects itself all the same.
  const form = { ...typed, lots: scheme.lots.map(({ lotNo }) => String(lotNo)), declarations: DECLARATIONS };
  const parsed = readRegistration(form, scheme, dayOf(scene.now));
  return parsed.ok ? ok({ ...parsed.value, lots: lotsOf(row) }) : err({ reason: "form_faults", faults: parsed.error });
}

/** Whether it may stand so, and the ties to officers and other bidders that nobody noted before. */
async function compare(scene: Scene, standing: Standing, asked: Registration, contactId: string) {
  const { tender, scheme, row, others, noted } = standing;
  const [debarments, officers, interests, owners] = await scene.db.read(
    listDebarmentsOf(scene, asked.code),
    ...officerQueries(scene, asked),
  );
  const known = { debarments, codes: others.map(({ code }) => code), ownName: null };
  const may = mayRegister(asked, tender, scheme, known, scene.now, dayOf(scene.now));
  if (!may.ok) return may;
  const compared = comparedAs(scene, row.bidderId, asked);
  const phone = await phoneOf(scene, contactId);
  const found = await tiesOf(scene, asked, compared, others, phone, [officers, interests, owners]);
  const isNoted = ({ kind, lotNo, withId }: (typeof found)[number]): boolean =>
    noted.some((one) => one.kind === kind && one.lotNo === lotNo && one.withId === withId);
  return ok({ compared, conflicts: found.filter((one) => !isNoted(one)) });
}

/** The new entry, its leaf and the ties in one batch; refused where the bidders are others than were read. */
async function writeCorrection(
  scene: Scene,
  { tender, tenderId, scheme, row, entries, lastConflict }: Standing,
  correction: {
    readonly asked: Registration;
    readonly contactId: string;
    readonly compared: ReturnType<typeof comparedAs>;
    readonly conflicts: Awaited<ReturnType<typeof tiesOf>>;
  },
) {
  const { asked, contactId, compared, conflicts } = correction;
  const { bidderId } = row;
  const { name, code, representative, controller, contactName } = asked;
  const correctionNo = row.corrections + 1;
  const leaf = appendLeaf(
    scene,
    "tender.bidder_corrected",
    {
      tender: tenderId,
      registration: row.leafHash,
      correction: correctionNo,
      bidder: bidderCommitment(scene, { bidderId, name, code }),
    },
    tenderId,
  );
  const people: Persons = { representative, controller, contactName };
  return scene.db.write([
    assertTenderStands(scene, tender),
    assertLotEntries(scene, tenderId, entries),
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
    ...noteConflicts(scene, tenderId, bidderId, conflicts, lastConflict),
  ]);
}

const isSame = (asked: Registration, own: BidderRow, persons: Persons): boolean =>
  asked.name === own.name &&
  asked.code === own.code &&
  (asked.incumbent ? 1 : 0) === own.incumbent &&
  asked.contactName === persons.contactName &&
  (["representative", "controller"] as const).every(
    (who) => asked[who].name === persons[who].name && asked[who].number === persons[who].number,
  );
