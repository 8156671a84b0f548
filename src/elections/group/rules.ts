/** Who must sit in the group that runs an election, and until when its published list may be objected to (GR 10, 11; BJ 31; A3). Pure. */
import { type Day, dayOf, endOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";

/** For whom a member of the group sits there: owners, developer, street or town, residents' committee, the community's party organisation (BJ 31). */
export const GROUP_PARTS = ["owners", "developer", "street", "residents_committee", "community_party"] as const;
export type GroupPart = (typeof GROUP_PARTS)[number];
export const isGroupPart = (text: string): text is GroupPart => (GROUP_PARTS as readonly string[]).includes(text);

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export interface GroupMember {
  readonly part: GroupPart;
  readonly isChair: boolean;
}

/** A rule of composition with what was found; `holds` is whether it is kept. */
export interface GroupFinding {
  readonly rule: "odd" | "owners_half" | "one_chair" | "chair_from_street";
  readonly holds: boolean;
  readonly words: Bilingual;
  readonly article: string;
}

const GR10 = "《业主大会和业主委员会指导规则》第十条";

/**
 * Every rule of composition, each with whether it holds: an odd number, owners · 2 ≥ n, one chair, who is the street's or the
 * town's (GR 10; A3). The last is local: `chairFromStreet` false with its clause leaves it out.
 */
export function groupFindings(
  members: readonly GroupMember[],
  chairFromStreet: { readonly value: boolean; readonly clause: string },
): GroupFinding[] {
  const n = members.length;
  const owners = members.filter(({ part }) => part === "owners").length;
  const chairs = members.filter(({ isChair }) => isChair);
  const fromStreet = chairs.length === 1 && chairs[0]!.part === "street";
  return [
    {
      rule: "odd",
      holds: n % 2 === 1,
      words: say(`成员人数应为单数；现有${n}人。`, `The number of members is odd; there are ${n}.`),
      article: GR10,
    },
    {
      rule: "owners_half",
      holds: n > 0 && owners * 2 >= n,
      words: say(
        `业主代表不少于一半：${owners}×2=${owners * 2}，应不小于${n}。`,
        `At least half are owners: ${owners} × 2 = ${owners * 2}, to be no less than ${n}.`,
      ),
      article: GR10,
    },
    {
      rule: "one_chair",
      holds: chairs.length === 1,
      words: say(`组长应为一人；现有${chairs.length}人。`, `There is one head; there are ${chairs.length}.`),
      article: GR10,
    },
    ...(chairFromStreet.value
      ? [
          {
            rule: "chair_from_street" as const,
            holds: fromStreet,
            words: say("组长由街道办事处、乡镇人民政府的代表担任。", "The head is from the street or town."),
            article: GR10,
          },
        ]
      : []),
  ];
}

/** The last day on which the published list may be objected to; the day of publication is not counted (CC 201, 203; A3). */
export const groupLastDay = (publishedAt: Instant, days: number): Day => lastDayOfPeriod(dayOf(publishedAt), days);
/** The instant it ends: nominations may open from here on. */
export const groupUntil = (publishedAt: Instant, days: number): Instant => endOf(groupLastDay(publishedAt, days));

/** A row of a list as typed. */
export interface TypedMember {
  readonly name: string;
  readonly phone: string;
  readonly part: string;
  readonly isChair: boolean;
  /** Of an owner: the home, as "2栋 1单元 0301". */
  readonly home: string;
}

/** A list that waits to be published. */
export interface GroupDraft {
  readonly document: string;
  readonly members: readonly (TypedMember & { readonly part: GroupPart })[];
}

/** More seats than a group ever has; a page of forms must end somewhere. */
export const MOST_MEMBERS = 15;
export const LONGEST_NAME = 60;
export const LONGEST_HOME = 40;
export const LONGEST_DOCUMENT = 200;

export type GroupFieldFault =
  | { readonly reason: "document_missing" }
  | { readonly reason: "document_too_long"; readonly most: number }
  | { readonly reason: "nobody_listed" }
  | { readonly reason: "too_many_members"; readonly most: number }
  /** `at` counts the rows of the form from 0. */
  | { readonly reason: "name_missing"; readonly at: number }
  | { readonly reason: "phone_unreadable"; readonly at: number }
  | { readonly reason: "phone_twice"; readonly at: number }
  | { readonly reason: "part_missing"; readonly at: number }
  | { readonly reason: "home_missing"; readonly at: number };

const isEmpty = ({ name, phone, part, home }: TypedMember): boolean =>
  [name, phone, part, home].every((text) => text.trim() === "");

/**
 * Reads a typed list: rows left empty are passed over, everything wrong with the others is said at once. `readPhone` gives the number's
 * one form, or null; `readName` the name's.
 */
export function readGroup(
  typed: { readonly document: string; readonly rows: readonly TypedMember[] },
  readName: (text: string) => string,
  readPhone: (text: string) => string | null,
): Result<GroupDraft, readonly [GroupFieldFault, ...GroupFieldFault[]]> {
  const document = typed.document.trim();
  const faults: GroupFieldFault[] = [];
  if (document === "") faults.push({ reason: "document_missing" });
  if (document.length > LONGEST_DOCUMENT) faults.push({ reason: "document_too_long", most: LONGEST_DOCUMENT });
  const seen = new Set<string>();
  const members = typed.rows.flatMap((row, at) => {
    if (isEmpty(row)) return [];
    const name = readName(row.name);
    const phone = readPhone(row.phone);
    const home = row.home.trim();
    if (name === "" || name.length > LONGEST_NAME) faults.push({ reason: "name_missing", at });
    if (phone === null) faults.push({ reason: "phone_unreadable", at });
    else if (seen.has(phone)) faults.push({ reason: "phone_twice", at });
    else seen.add(phone);
    if (!isGroupPart(row.part)) faults.push({ reason: "part_missing", at });
    if (row.part === "owners" && (home === "" || home.length > LONGEST_HOME))
      faults.push({ reason: "home_missing", at });
    if (!isGroupPart(row.part)) return [];
    return [
      { name, phone: phone ?? "", part: row.part, isChair: row.isChair, home: row.part === "owners" ? home : "" },
    ];
  });
  if (typed.rows.every(isEmpty)) faults.push({ reason: "nobody_listed" });
  if (members.length > MOST_MEMBERS) faults.push({ reason: "too_many_members", most: MOST_MEMBERS });
  const [first, ...others] = faults;
  return first ? err([first, ...others]) : ok({ document, members });
}

/** 2栋-1单元-0301, 2栋 1单元 0301 and 2栋1单元0301 are the same place. */
export const placeOf = (text: string): string => text.normalize("NFKC").replace(/[\s\-–—_/·.,、]+/g, "");

/** Of a home, what a public list says: the building. Which door somebody lives behind is nobody else's business (PIPL 6). */
export const publicHome = (home: string): string => home.trim().split(/[\s\-–—_/]+/)[0] ?? "";

export type ObjectRefusal =
  | { readonly reason: "group_not_published" }
  | { readonly reason: "objections_over"; readonly until: Instant };

/** Whether the published group may be objected to: until 24:00 of the last day of its publication, while it is being prepared (A3). */
export function mayObjectToGroup(
  facts: { readonly isPreparing: boolean; readonly publishedAt: Instant | null; readonly days: number },
  now: Instant,
): Result<true, ObjectRefusal> {
  if (facts.publishedAt === null) return err({ reason: "group_not_published" });
  const until = groupUntil(facts.publishedAt, facts.days);
  return facts.isPreparing && now < until ? ok(true) : err({ reason: "objections_over", until });
}

/** A seat somebody has, or is to have, in the group. */
export interface GroupSeat {
  readonly personId: string;
  readonly post: "preparatory_chair" | "preparatory_member";
}

/** Which tenures begin and end so that the body holds exactly the list: whoever stays in the same seat keeps the tenure. */
export function seatChanges<H extends GroupSeat, W extends GroupSeat>(
  held: readonly H[],
  wanted: readonly W[],
): { readonly kept: readonly (readonly [W, H])[]; readonly begin: readonly W[]; readonly end: readonly H[] } {
  const same = (a: GroupSeat, b: GroupSeat): boolean => a.personId === b.personId && a.post === b.post;
  const kept = wanted.flatMap((seat) => {
    const has = held.find((one) => same(one, seat));
    return has ? [[seat, has] as const] : [];
  });
  return {
    kept,
    begin: wanted.filter((seat) => !held.some((one) => same(one, seat))),
    end: held.filter((seat) => !wanted.some((one) => same(one, seat))),
  };
}
