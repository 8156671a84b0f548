/** Who may bid: what a registration holds, which licences carry it, who is barred, and who is too close to whom (T3, T6, T13, T15). Pure. */
import { documentNumber, personName, readIdCard } from "../../community/identity/rules.ts";
import { addDays, addMonths, type Day, type Instant, isDay } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { examineCreditCode } from "../../kernel/uscc.ts";
import { type TenderState, takesBids } from "../rules.ts";
import { type Lot, QUALIFICATIONS, type Scheme } from "../scheme/rules.ts";

// ——— What a company says of itself ———

/** What every bidder declares; each is ticked by itself. */
export const DECLARATIONS = [
  "true_papers",
  "able",
  "not_dishonest",
  "no_collusion",
  "no_tie",
  "no_handing_on",
] as const;
export type Declaration = (typeof DECLARATIONS)[number];

export const LONGEST_COMPANY = 80;
export const LONGEST_PERSON = 60;

/** A person or a company by name and by the number that tells them from all others of the name. */
export interface Identified {
  readonly name: string;
  /** Identity card, other certificate, or unified social credit code; as `documentNumber` writes it. */
  readonly number: string;
}

export interface Registration {
  readonly name: string;
  readonly code: string;
  /** "check": its check character does not hold; codes issued early fail it, so it is said and not refused. */
  readonly codeDoubt: "" | "check";
  readonly representative: Identified;
  /** Who has the say in the company in the end; often the representative. */
  readonly controller: Identified;
  /** Who answers the telephone. */
  readonly contactName: string;
  readonly lots: readonly number[];
  readonly incumbent: boolean;
}

/** The form as it was typed. */
export interface TypedRegistration {
  readonly name: string;
  readonly code: string;
  readonly representativeName: string;
  readonly representativeNumber: string;
  /** "same" or "other". */
  readonly controller: string;
  readonly controllerName: string;
  readonly controllerNumber: string;
  readonly contactName: string;
  readonly lots: readonly string[];
  /** "yes" or "no". */
  readonly incumbent: string;
  readonly declarations: readonly string[];
}

export type RegistrationField = keyof TypedRegistration;
export type RegistrationFault =
  | { readonly reason: "missing"; readonly field: RegistrationField }
  | { readonly reason: "too_long"; readonly field: RegistrationField; readonly most: number }
  /** Not 18 characters, or characters no code has. */
  | { readonly reason: "code_impossible"; readonly length: number; readonly wrong: string }
  /** Neither an identity card that checks, nor a certificate or code of a plausible form. */
  | { readonly reason: "number_unreadable"; readonly field: RegistrationField }
  | { readonly reason: "unknown_lot"; readonly field: "lots" }
  | { readonly reason: "undeclared"; readonly field: "declarations"; readonly missing: readonly Declaration[] };

/** An identity number that is one, or a certificate or code of another kind; null for neither. */
export function readNumber(typed: string, today: Day): string | null {
  const number = documentNumber(typed);
  if (/^\d{17}[\dX]$/.test(number)) {
    if (readIdCard(number, today).ok) return number;
    // Eighteen digits may also be a company's code.
    return examineCreditCode(number).findings.length === 0 ? number : null;
  }
  return /^[0-9A-Z]{6,20}$/.test(number) && !/^\d{15}$/.test(number) ? number : null;
}

/** Reads the form; every fault at once, each with its field. */
export function readRegistration(
  typed: TypedRegistration,
  scheme: Pick<Scheme, "lots">,
  today: Day,
): Result<Registration, readonly RegistrationFault[]> {
  const faults: RegistrationFault[] = [];
  const text = (field: "name" | "representativeName" | "controllerName" | "contactName", most: number): string => {
    const read = personName(typed[field]);
    if (read === "") faults.push({ reason: "missing", field });
    if ([...read].length > most) faults.push({ reason: "too_long", field, most });
    return read;
  };
  const number = (field: "representativeNumber" | "controllerNumber"): string => {
    if (typed[field].trim() === "") faults.push({ reason: "missing", field });
    const read = readNumber(typed[field], today);
    if (read === null && typed[field].trim() !== "") faults.push({ reason: "number_unreadable", field });
    return read ?? "";
  };
  const name = text("name", LONGEST_COMPANY);
  const { code, findings } = examineCreditCode(typed.code);
  const length = findings.find(({ finding }) => finding === "length");
  const wrong = findings.find(({ finding }) => finding === "characters");
  if (code === "") faults.push({ reason: "missing", field: "code" });
  else if (length || wrong)
    faults.push({
      reason: "code_impossible",
      length: code.length,
      wrong: wrong?.finding === "characters" ? wrong.wrong : "",
    });
  const representative = {
    name: text("representativeName", LONGEST_PERSON),
    number: number("representativeNumber"),
  };
  if (typed.controller !== "same" && typed.controller !== "other")
    faults.push({ reason: "missing", field: "controller" });
  const controller =
    typed.controller === "other"
      ? { name: text("controllerName", LONGEST_COMPANY), number: number("controllerNumber") }
      : representative;
  const contactName = text("contactName", LONGEST_PERSON);
  const lots = readLots(typed.lots, scheme);
  if (lots === null) faults.push({ reason: "unknown_lot", field: "lots" });
  else if (lots.length === 0) faults.push({ reason: "missing", field: "lots" });
  if (typed.incumbent !== "yes" && typed.incumbent !== "no") faults.push({ reason: "missing", field: "incumbent" });
  const undeclared = DECLARATIONS.filter((one) => !typed.declarations.includes(one));
  if (undeclared.length > 0) faults.push({ reason: "undeclared", field: "declarations", missing: undeclared });
  if (faults.length > 0) return err(faults);
  return ok({
    name,
    code,
    codeDoubt: findings.length > 0 ? "check" : "",
    representative,
    controller,
    contactName,
    lots: lots ?? [],
    incumbent: typed.incumbent === "yes",
  });
}

/** The lots that were ticked, in order and each once; null where one is not in the scheme. */
export function readLots(typed: readonly string[], { lots }: Pick<Scheme, "lots">): readonly number[] | null {
  const chosen = [...new Set(typed.map(Number))].toSorted((a, b) => a - b);
  return chosen.every((lotNo) => lots.some((lot) => lot.lotNo === lotNo)) ? chosen : null;
}

// ——— Whether it may ———

/** An entry of the list of the barred: from a day to the end of another, unless lifted before. */
export interface Debarment {
  readonly code: string;
  readonly reason: string;
  readonly beginsOn: Day;
  readonly endsOn: Day;
  /** The first day it holds no more; null where it runs to its end. */
  readonly liftedOn: Day | null;
}

/** What bars a company on a day; of several what ends last. Its last day is barred in full. */
export function barOn<D extends Debarment>(all: readonly D[], code: string, day: Day): D | null {
  const holding = all.filter(
    (one) =>
      one.code === code && one.beginsOn <= day && day <= one.endsOn && (one.liftedOn === null || day < one.liftedOn),
  );
  return holding.toSorted((a, b) => (a.endsOn < b.endsOn ? 1 : -1))[0] ?? null;
}

export type EntryRefusal =
  | { readonly reason: "bids_not_taken"; readonly state: TenderState; readonly closedAt: Instant | null }
  /** T3: an invited procedure is for those invited. */
  | { readonly reason: "not_invited"; readonly code: string }
  | { readonly reason: "debarred"; readonly endsOn: Day; readonly why: string }
  /** The company is in already, with another contact. */
  | { readonly reason: "code_registered" }
  /** TBR 40 II: nobody handles the bids of two bidders. */
  | { readonly reason: "contact_registered"; readonly name: string };

/** Whether a company may register now: while bids are taken (T6), invited where only those are (T3), not barred, once. */
export function mayRegister(
  asked: Pick<Registration, "code">,
  tender: { readonly state: TenderState; readonly closesAt: Instant | null },
  scheme: Pick<Scheme, "procedure" | "invited">,
  known: {
    readonly debarments: readonly Debarment[];
    readonly codes: readonly string[];
    /** The bidder this contact speaks for already. */
    readonly ownName: string | null;
  },
  now: Instant,
  today: Day,
): Result<true, EntryRefusal> {
  if (!takesBids(tender, now)) return err({ reason: "bids_not_taken", state: tender.state, closedAt: tender.closesAt });
  if (known.ownName !== null) return err({ reason: "contact_registered", name: known.ownName });
  const invited = scheme.invited.map(({ code }) => examineCreditCode(code).code);
  if (scheme.procedure === "invited" && !invited.includes(asked.code))
    return err({ reason: "not_invited", code: asked.code });
  const bar = barOn(known.debarments, asked.code, today);
  if (bar) return err({ reason: "debarred", endsOn: bar.endsOn, why: bar.reason });
  return known.codes.includes(asked.code) ? err({ reason: "code_registered" }) : ok(true);
}

// ——— Licences ———

export const LICENCE_KINDS = [...QUALIFICATIONS, "other"] as const;
export type LicenceKind = (typeof LICENCE_KINDS)[number];
export const isLicenceKind = (text: string): text is LicenceKind => (LICENCE_KINDS as readonly string[]).includes(text);

export interface Licence {
  readonly kind: LicenceKind;
  readonly number: string;
  readonly issuer: string;
  /** Its last day; empty for one without end (长期). */
  readonly expiresOn: Day | "";
}

export type LicenceFault =
  | { readonly reason: "missing"; readonly field: "kind" | "number" | "issuer" | "expiresOn" | "file" }
  | { readonly reason: "too_long"; readonly field: "number" | "issuer"; readonly most: number }
  | { readonly reason: "not_a_day"; readonly field: "expiresOn" }
  | { readonly reason: "licence_expired"; readonly expiresOn: Day }
  /** It is asked for by a lot whose contract starts after its last day. */
  | { readonly reason: "expires_before_start"; readonly expiresOn: Day; readonly lotNo: number; readonly from: Day };

/** The last day of a lot's contract. */
export const lastDayOf = ({ from, months }: Pick<Lot, "from" | "months">): Day => addDays(addMonths(from, months), -1);

/**
 * Whether a licence can carry the lots that ask for it: valid today, and still on the day the contract starts. `endsWithin` says
 * that it ends while the contract runs and has to be renewed.
 */
export function checkLicence(
  licence: Licence,
  lots: readonly Pick<Lot, "lotNo" | "from" | "months" | "qualifications">[],
  today: Day,
): Result<{ readonly endsWithin: boolean }, LicenceFault> {
  const { kind, expiresOn } = licence;
  for (const field of ["number", "issuer"] as const) {
    if (licence[field] === "") return err({ reason: "missing", field });
    if (licence[field].length > LONGEST_COMPANY) return err({ reason: "too_long", field, most: LONGEST_COMPANY });
  }
  if (expiresOn === "") return ok({ endsWithin: false });
  if (!isDay(expiresOn)) return err({ reason: "not_a_day", field: "expiresOn" });
  if (expiresOn < today) return err({ reason: "licence_expired", expiresOn });
  const asking = lots.filter(({ qualifications }) => (qualifications as readonly string[]).includes(kind));
  const early = asking.find(({ from }) => expiresOn < from);
  if (early) return err({ reason: "expires_before_start", expiresOn, lotNo: early.lotNo, from: early.from });
  return ok({ endsWithin: asking.some((lot) => expiresOn < lastDayOf(lot)) });
}

/** What a lot asks for and a bidder has not shown: nothing of the kind, or only what ends before the contract starts. */
export const papersMissing = (
  lot: Pick<Lot, "lotNo" | "from" | "months" | "qualifications">,
  licences: readonly Pick<Licence, "kind" | "expiresOn">[],
): readonly (typeof QUALIFICATIONS)[number][] =>
  lot.qualifications.filter(
    (kind) => !licences.some((one) => one.kind === kind && (one.expiresOn === "" || one.expiresOn >= lot.from)),
  );

// ——— Too close (T13) ———

export const CONFLICT_KINDS = [
  "same_representative",
  "same_controller",
  "controls",
  "officer",
  "officer_name",
  "officer_phone",
  "declared_company",
  "declared_kin",
] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** A bidder as it is compared: keyed hashes of numbers, never the numbers. */
export interface Compared {
  readonly bidderId: string;
  readonly lots: readonly number[];
  /** Keyed hash of its own code, among those of persons' numbers. */
  readonly codeHash: string;
  readonly representativeHash: string;
  readonly controllerHash: string;
}

export interface Conflict {
  readonly kind: ConflictKind;
  /** 0 where it concerns every lot. */
  readonly lotNo: number;
  /** The other bidder, or the officer. */
  readonly withId: string;
}

/** What there is between two bidders, the most telling only: the head is the same person, the say is the same, or one has the say in the other (TBR 34 II, 40). */
export function tieBetween(a: Compared, b: Compared): "same_representative" | "same_controller" | "controls" | null {
  if (a.representativeHash === b.representativeHash) return "same_representative";
  if (a.controllerHash === b.controllerHash) return "same_controller";
  const crossed =
    a.controllerHash === b.codeHash ||
    b.controllerHash === a.codeHash ||
    a.controllerHash === b.representativeHash ||
    b.controllerHash === a.representativeHash;
  return crossed ? "controls" : null;
}

/** Ties with the other bidders of the same lots, lot by lot. */
export const tiesAmong = (own: Compared, others: readonly Compared[]): readonly Conflict[] =>
  others.flatMap((other) => {
    const kind = tieBetween(own, other);
    if (kind === null || other.bidderId === own.bidderId) return [];
    return own.lots
      .filter((lotNo) => other.lots.includes(lotNo))
      .map((lotNo) => ({ kind, lotNo, withId: other.bidderId }));
  });

/** Someone who acts for the owners, as far as a bidder's people can be compared with them. */
export interface OfficerFacts {
  readonly personId: string;
  /** The representative or the controller bears their name. */
  readonly sameName: boolean;
  /** And the roll has the same identity number for an owner of that name. */
  readonly sameNumber: boolean;
  /** The contact's telephone is theirs. */
  readonly samePhone: boolean;
}
/** What an officer declared of themselves. */
export interface InterestFacts {
  readonly personId: string;
  readonly sameCompany: boolean;
  readonly kinNamed: boolean;
}

/** Ties with those who act for the owners (TBR 34 I), one line for each officer: what is certain before what only may be. */
export function tiesWithOfficers(
  officers: readonly OfficerFacts[],
  interests: readonly InterestFacts[],
): readonly Conflict[] {
  const found = new Map<string, ConflictKind>();
  for (const { personId, sameCompany } of interests) if (sameCompany) found.set(personId, "declared_company");
  for (const { personId, kinNamed } of interests)
    if (kinNamed && !found.has(personId)) found.set(personId, "declared_kin");
  for (const { personId, sameName, sameNumber, samePhone } of officers) {
    const kind = sameNumber ? "officer" : samePhone ? "officer_phone" : sameName ? "officer_name" : null;
    if (kind !== null && (kind === "officer" || !found.has(personId))) found.set(personId, kind);
  }
  return [...found].map(([withId, kind]) => ({ kind, lotNo: 0, withId }));
}
