/** The legal person a committee may become, the account in the owners' name, its yearly reports and its seals (S4, R6; NGO 3, 14, 15, 23). Pure. */
import { type Day, type Instant, isDay, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type CreditCodeFinding, examineCreditCode } from "../../kernel/uscc.ts";

/** 未登记, 社会团体, 民办非企业单位: which one fits a committee is contested, so none is a constant (Ambiguity 17). */
export const ENTITY_FORMS = ["none", "association", "private_non_enterprise"] as const;
export type EntityForm = (typeof ENTITY_FORMS)[number];
export const isEntityForm = (text: string): text is EntityForm => (ENTITY_FORMS as readonly string[]).includes(text);

/** In whose name the account is (R6). */
export const HOLDER_KINDS = ["none", "assembly", "committee"] as const;
export type HolderKind = (typeof HOLDER_KINDS)[number];

export const LONGEST_NAME = 80;
export const LONGEST_DOCUMENT = 200;

// ——— The account ———

export type HolderRefusal =
  /** 个人账户: a person's name. */
  | { readonly reason: "account_of_a_person"; readonly holder: string }
  /** The property company's, or anybody else's. */
  | { readonly reason: "account_of_another"; readonly holder: string };

// What a bank writes behind the name of a body. A name or an office behind it ("业主委员会主任陈某") makes it that person's account.
const BEHIND = String.raw`(?:公共|共有|共用|收益|维修|资金|物业费|租金|专|用|账|帐|户|基本|一般|临时|结算|存款|[()\s-])*$`;
const ASSEMBLY = new RegExp(`业主大会${BEHIND}`);
const COMMITTEE = new RegExp(`(业主委员会|业委会)${BEHIND}`);
const KEPT_FOR = /(代管|代持|代收|代存)/;
const A_PERSON = /^[\p{Script=Han}]{2,4}$|^[\p{Script=Han}]+·[\p{Script=Han}]+$|^[A-Za-z]+([ .][A-Za-z]+)+$/u;
const plain = (text: string): string => text.normalize("NFKC").replace(/\s+/g, " ").trim();

/**
 * In whose name an account is (R6; HZ 60, QY 57): the owners' assembly, the committee, or the legal person the committee has
 * become. Common money in a person's or the property company's account is refused, whatever reason is given.
 */
export function holderOf(holderName: string, entityName: string): Result<HolderKind, HolderRefusal> {
  const holder = plain(holderName);
  if (holder === "") return ok("none");
  // 物业公司 before the words that make it look like the committee's: "某物业公司业主委员会专户" is the company's.
  if (/物业(服务|管理)?(有限)?(责任)?公司/.test(holder)) return err({ reason: "account_of_another", holder });
  if (KEPT_FOR.test(holder)) return err({ reason: "account_of_another", holder });
  if (ASSEMBLY.test(holder)) return ok("assembly");
  if (COMMITTEE.test(holder)) return ok("committee");
  if (entityName.trim() !== "" && holder === plain(entityName)) return ok("committee");
  return err(
    A_PERSON.test(holder) ? { reason: "account_of_a_person", holder } : { reason: "account_of_another", holder },
  );
}

/** An account number as it is kept: digits alone, 8 to 30 of them; null for anything else. */
export function readAccount(text: string): string | null {
  const digits = text.normalize("NFKC").replace(/[\s-]/g, "");
  return /^\d{8,30}$/.test(digits) ? digits : null;
}
/** "**** 4321": what the desk shows; the public page shows none of it. */
export const maskAccount = (digits: string): string => `**** ${digits.slice(-4)}`;

// ——— The registration ———

/** As typed. */
export interface EntityAsked {
  readonly form: string;
  readonly name: string;
  readonly supervisingUnit: string;
  readonly registrationAuthority: string;
  readonly creditCode: string;
  readonly registeredOn: string;
  readonly representativeTenureId: string;
  readonly holderName: string;
  readonly bank: string;
  /** Empty keeps the number that is known. */
  readonly account: string;
  readonly changedOn: string;
  readonly document: string;
}

/** What is kept of it; the account number apart, because it is sealed. */
export interface Entity {
  readonly form: EntityForm;
  readonly name: string;
  readonly supervisingUnit: string;
  readonly registrationAuthority: string;
  readonly creditCode: string;
  readonly registeredOn: Day | null;
  readonly representativeTenureId: string;
  readonly holderKind: HolderKind;
  readonly holderName: string;
  readonly bank: string;
  readonly changedOn: Day;
  readonly document: string;
}

export type EntityField = keyof EntityAsked;
export type EntityFault =
  | { readonly reason: "form_missing" }
  | { readonly reason: "field_missing"; readonly field: EntityField }
  | { readonly reason: "field_too_long"; readonly field: EntityField; readonly most: number }
  | { readonly reason: "not_a_day"; readonly field: "registeredOn" | "changedOn" }
  | { readonly reason: "day_to_come"; readonly field: "registeredOn" | "changedOn" }
  /** No code that was ever issued looks so; one whose check fails may have been, and is only remarked. */
  | { readonly reason: "code_form"; readonly length: number; readonly wrong: string }
  | HolderRefusal
  | { readonly reason: "account_unreadable" }
  | { readonly reason: "account_without_holder" }
  | { readonly reason: "unknown_representative" };

export type EntityRemark =
  | Extract<CreditCodeFinding, { finding: "check" | "org_check" }>
  /** The code says it was registered as something else than is stated. */
  | { readonly finding: "code_of_other_form"; readonly says: string };

export interface CheckedEntity {
  readonly entity: Entity;
  /** Digits; null keeps the number that is known. */
  readonly account: string | null;
  readonly remarks: readonly EntityRemark[];
}

/** What to remark about a code that may be kept: checks that fail, and a kind other than the one stated. Shown wherever the code is shown. */
export function codeRemarks(form: EntityForm, creditCode: string): EntityRemark[] {
  if (form === "none" || creditCode === "") return [];
  const { findings, kind, department } = examineCreditCode(creditCode);
  const failed = findings.filter(
    (one): one is Extract<CreditCodeFinding, { finding: "check" | "org_check" }> =>
      one.finding === "check" || one.finding === "org_check",
  );
  return kind === form ? failed : [...failed, { finding: "code_of_other_form", says: kind ?? department }];
}

/**
 * Reads what is recorded of the committee as a legal person (S4). Everything wrong at once. Without registration only the
 * account is kept: it may be in the assembly's or the committee's name all the same.
 */
export function readEntity(
  asked: EntityAsked,
  known: { readonly hasAccount: boolean; readonly tenureIds: readonly string[] },
  today: Day,
): Result<CheckedEntity, readonly EntityFault[]> {
  const faults: EntityFault[] = [];
  const { form } = asked;
  const registered = form !== "none";
  const text = (field: EntityField, needed: boolean, most = LONGEST_NAME): string => {
    const value = plain(asked[field]);
    if (value === "" && needed) faults.push({ reason: "field_missing", field });
    if (value.length > most) faults.push({ reason: "field_too_long", field, most });
    return value;
  };
  const day = (field: "registeredOn" | "changedOn"): void => {
    if (asked[field] === "") faults.push({ reason: "field_missing", field });
    else if (!isDay(asked[field])) faults.push({ reason: "not_a_day", field });
    else if (asked[field] > today) faults.push({ reason: "day_to_come", field });
  };
  if (!isEntityForm(form)) faults.push({ reason: "form_missing" });
  const name = registered ? text("name", true) : "";
  const supervisingUnit = registered ? text("supervisingUnit", true) : "";
  const registrationAuthority = registered ? text("registrationAuthority", true) : "";
  let creditCode = "";
  if (registered) {
    if (asked.creditCode.trim() === "") faults.push({ reason: "field_missing", field: "creditCode" });
    else {
      const { code, findings } = examineCreditCode(asked.creditCode);
      creditCode = code;
      const wrong = findings.find((one) => one.finding === "characters");
      if (code.length !== 18 || wrong)
        faults.push({ reason: "code_form", length: code.length, wrong: wrong ? wrong.wrong : "" });
    }
    day("registeredOn");
    if (!known.tenureIds.includes(asked.representativeTenureId)) faults.push({ reason: "unknown_representative" });
  }
  const holderName = text("holderName", false);
  const holder = holderOf(holderName, name);
  if (!holder.ok) faults.push(holder.error);
  const account = asked.account.trim() === "" ? null : readAccount(asked.account);
  if (asked.account.trim() !== "" && account === null) faults.push({ reason: "account_unreadable" });
  const bank = text("bank", holderName !== "");
  if (holderName === "" && (asked.account.trim() !== "" || bank !== ""))
    faults.push({ reason: "account_without_holder" });
  if (holderName !== "" && asked.account.trim() === "" && !known.hasAccount)
    faults.push({ reason: "field_missing", field: "account" });
  day("changedOn");
  const document = text("document", true, LONGEST_DOCUMENT);
  if (faults.length > 0 || !isEntityForm(form) || !holder.ok) return err(faults);
  return ok({
    entity: {
      form,
      name,
      supervisingUnit,
      registrationAuthority,
      creditCode,
      registeredOn: registered ? asked.registeredOn : null,
      representativeTenureId: registered ? asked.representativeTenureId : "",
      holderKind: holder.value,
      holderName,
      bank,
      changedOn: asked.changedOn,
      document,
    },
    account,
    remarks: codeRemarks(form, creditCode),
  });
}

// ——— Clocks ———

/** A change of what is registered is registered too, within thirty days (NGO 15). */
export const CHANGE_DAYS = 30;
const REGISTERED_FACTS = ["name", "supervisingUnit", "registrationAuthority", "representativeTenureId"] as const;

/** Whether a version differs from the one before in something the registrar keeps. The first registration is none of it. */
export const isRegistrableChange = (before: Entity | undefined, after: Entity): boolean =>
  before !== undefined &&
  before.form !== "none" &&
  after.form !== "none" &&
  REGISTERED_FACTS.some((fact) => before[fact] !== after[fact]);

/** What a report or a registration was about: a version (change), or the year reported on. */
export const REPORT_KINDS = ["change", "yearly_supervisor", "yearly_registrar"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
export const isReportKind = (text: string): text is ReportKind => (REPORT_KINDS as readonly string[]).includes(text);

export interface SentReport {
  readonly kind: ReportKind;
  readonly subject: number;
  readonly sentOn: Day;
}

export interface EntityDuty {
  readonly kind: ReportKind;
  /** The version of a change, or the year reported on. */
  readonly subject: number;
  readonly dueOn: Day;
  readonly sentOn: Day | null;
  readonly state: "open" | "overdue" | "sent" | "sent_late";
}

/** The day and month by which last year is reported: to the supervising unit, and to the registrar (NGO 23). */
export const YEARLY: Readonly<Record<"yearly_supervisor" | "yearly_registrar", string>> = {
  yearly_supervisor: "03-31",
  yearly_registrar: "05-31",
};
/** How many years of reports stand on a page; older ones are in the record. */
export const YEARS_SHOWN = 3;

/**
 * What a registered committee has to send: each change of a registered fact within thirty days, and the year's report by
 * 31 March and by 31 May of the next (NGO 15, 23). The newest first. Nothing is due of a committee that is not registered.
 */
export function entityDuties(
  versions: readonly (Entity & { readonly version: number })[],
  sent: readonly SentReport[],
  today: Day,
): EntityDuty[] {
  const latest = versions.at(-1);
  const duties: EntityDuty[] = [];
  const add = (kind: ReportKind, subject: number, dueOn: Day): void => {
    const sentOn = sent.find((one) => one.kind === kind && one.subject === subject)?.sentOn ?? null;
    const state = sentOn === null ? (today > dueOn ? "overdue" : "open") : sentOn > dueOn ? "sent_late" : "sent";
    duties.push({ kind, subject, dueOn, sentOn, state });
  };
  versions.forEach((version, at) => {
    if (isRegistrableChange(versions[at - 1], version))
      add("change", version.version, lastDayOfPeriod(version.changedOn, CHANGE_DAYS));
  });
  if (latest && latest.form !== "none" && latest.registeredOn !== null) {
    const thisYear = Number(today.slice(0, 4));
    const first = Math.max(Number(latest.registeredOn.slice(0, 4)), thisYear - YEARS_SHOWN);
    // The report on a year is due in the next: this year's is not asked for before it is over.
    for (let year = first; year < thisYear; year += 1) {
      add("yearly_supervisor", year, `${year + 1}-${YEARLY.yearly_supervisor}`);
      add("yearly_registrar", year, `${year + 1}-${YEARLY.yearly_registrar}`);
    }
  }
  return duties.toSorted((a, b) => (a.dueOn < b.dueOn ? 1 : a.dueOn > b.dueOn ? -1 : 0));
}

export type ReportRefusal =
  | { readonly reason: "nothing_due" }
  | { readonly reason: "reported_already"; readonly on: Day }
  | { readonly reason: "not_a_day"; readonly field: "sentOn" }
  | { readonly reason: "day_to_come"; readonly field: "sentOn" }
  | { readonly reason: "document_missing" };

/** Whether a report may be recorded as sent: it is one that is due, once, on a day that was. */
export function mayReport(
  duties: readonly EntityDuty[],
  asked: { readonly kind: ReportKind; readonly subject: number; readonly sentOn: string; readonly document: string },
  today: Day,
): Result<true, ReportRefusal> {
  const duty = duties.find(({ kind, subject }) => kind === asked.kind && subject === asked.subject);
  if (!duty) return err({ reason: "nothing_due" });
  if (duty.sentOn !== null) return err({ reason: "reported_already", on: duty.sentOn });
  if (!isDay(asked.sentOn)) return err({ reason: "not_a_day", field: "sentOn" });
  if (asked.sentOn > today) return err({ reason: "day_to_come", field: "sentOn" });
  return asked.document.trim() === "" ? err({ reason: "document_missing" }) : ok(true);
}

// ——— Seals ———

/** 业主大会印章, 业主委员会印章, 财务专用章, 法人印章, 合同专用章: the assembly's is never the legal person's (domain rules §7). */
export const SEAL_KINDS = ["assembly", "committee", "finance", "entity", "contract"] as const;
export type SealKind = (typeof SEAL_KINDS)[number];
export const isSealKind = (text: string): text is SealKind => (SEAL_KINDS as readonly string[]).includes(text);
export const SEAL_EVENTS = ["made", "handed_over", "invalidated"] as const;
export type SealEvent = (typeof SEAL_EVENTS)[number];

export interface SealLine {
  readonly sealId: string;
  readonly eventNo: number;
  readonly kind: SealKind;
  readonly event: SealEvent;
  /** The office-holder who keeps it; "" once it is invalid. */
  readonly keeperTenureId: string;
  readonly onDay: Day;
}

export type SealRefusal =
  | { readonly reason: "unknown_seal" }
  | { readonly reason: "seal_invalidated" }
  | { readonly reason: "seal_exists"; readonly kind: SealKind }
  | { readonly reason: "unknown_keeper" }
  | { readonly reason: "same_keeper" }
  | { readonly reason: "not_a_day"; readonly field: "onDay" }
  | { readonly reason: "day_to_come"; readonly field: "onDay" }
  | { readonly reason: "before_last_event"; readonly onDay: Day }
  | { readonly reason: "document_missing" };

/** The last line of each seal: where it is now. */
export function sealsNow(lines: readonly SealLine[]): SealLine[] {
  const last = new Map<string, SealLine>();
  for (const line of lines) {
    const known = last.get(line.sealId);
    if (!known || line.eventNo > known.eventNo) last.set(line.sealId, line);
  }
  return [...last.values()];
}

/** Whether a seal may be made, handed over or declared invalid. Of each kind one is valid at a time. */
export function mayRecordSeal(
  lines: readonly SealLine[],
  asked: {
    readonly sealId: string | null;
    readonly kind: SealKind;
    readonly event: SealEvent;
    readonly keeperTenureId: string;
    readonly onDay: string;
    readonly document: string;
  },
  keepers: readonly string[],
  today: Day,
): Result<true, SealRefusal> {
  const now = sealsNow(lines);
  const seal = now.find(({ sealId }) => sealId === asked.sealId);
  if (asked.event === "made") {
    if (now.some(({ kind, event }) => kind === asked.kind && event !== "invalidated"))
      return err({ reason: "seal_exists", kind: asked.kind });
  } else {
    if (!seal) return err({ reason: "unknown_seal" });
    if (seal.event === "invalidated") return err({ reason: "seal_invalidated" });
  }
  if (asked.event !== "invalidated") {
    if (!keepers.includes(asked.keeperTenureId)) return err({ reason: "unknown_keeper" });
    if (seal && seal.keeperTenureId === asked.keeperTenureId) return err({ reason: "same_keeper" });
  }
  if (!isDay(asked.onDay)) return err({ reason: "not_a_day", field: "onDay" });
  if (asked.onDay > today) return err({ reason: "day_to_come", field: "onDay" });
  if (seal && asked.onDay < seal.onDay) return err({ reason: "before_last_event", onDay: seal.onDay });
  return asked.document.trim() === "" ? err({ reason: "document_missing" }) : ok(true);
}

/** Seals whose keeper no longer holds the office they kept it by: to be handed over. */
export const sealsAdrift = (
  lines: readonly SealLine[],
  heldUntil: (tenureId: string) => Instant | null,
  now: Instant,
) =>
  sealsNow(lines).filter((line) => {
    if (line.event === "invalidated") return false;
    const until = heldUntil(line.keeperTenureId);
    return until !== null && until <= now;
  });
