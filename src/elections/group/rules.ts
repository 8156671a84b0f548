/** Who must sit in the group that runs an election, and until when its published list may be objected to (GR 10, 11; BJ 31; A3). Pure. */
import { type Day, dayOf, endOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
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
