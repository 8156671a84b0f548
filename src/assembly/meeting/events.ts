/** What can happen to a meeting, what is kept of it, and how it is said in public. Not who may do it: that is rules.ts. */
import type { Instant } from "../../kernel/day.ts";
import type { Lang, T } from "../../platform/i18n.ts";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import type { StatusTone } from "../../platform/ui/status.tsx";
import type { MeetingState } from "./rules.ts";
import type { EventRow } from "./store.ts";

/** The facts of each kind of event. Public and in the record: never a person's name, never a choice. */
export interface EventFacts {
  readonly notice_given: { readonly edition: number; readonly opensAt: Instant; readonly closesAt: Instant };
  readonly amended: {
    readonly edition: number;
    readonly why: string;
    readonly opensAt: Instant;
    readonly closesAt: Instant;
    /** The period of notice began anew. */
    readonly restarted: boolean;
  };
  readonly extended: { readonly from: Instant; readonly to: Instant; readonly why: string };
  readonly opened: { readonly opensAt: Instant };
  readonly closed: { readonly closesAt: Instant };
  /** Those who had not voted were reminded, so many days before this close. */
  readonly reminded: { readonly daysBefore: number; readonly closesAt: Instant; readonly households: number };
  readonly counting_began: Record<string, never>;
  readonly counted: { readonly run: number; readonly why: string };
  readonly published: { readonly run: number };
  readonly objection_made: { readonly no: number; readonly about: "notice" | "result" };
  readonly objection_answered: { readonly no: number };
  readonly final: Record<string, never>;
  readonly withdrawn: { readonly why: string };
  readonly annulled: { readonly authority: string; readonly document: string; readonly why: string };
}
export type EventKind = keyof EventFacts;

/** An event as it is read back: its kind and facts belong together. */
export type MeetingEvent = {
  [K in EventKind]: {
    readonly kind: K;
    readonly facts: EventFacts[K];
    readonly no: number;
    readonly at: Instant;
    readonly byWords: string;
    readonly leafHash: string;
  };
}[EventKind];

export const readEvent = (row: EventRow): MeetingEvent =>
  ({
    kind: row.kind,
    facts: JSON.parse(row.detail) as unknown,
    no: row.eventNo,
    at: row.at,
    byWords: row.byWords,
    leafHash: row.leafHash,
  }) as MeetingEvent;

/** A line of a few words for lists, feeds and calendars. */
export function eventTitle(event: Pick<MeetingEvent, "kind" | "facts">, t: T): string {
  const { kind, facts } = event as MeetingEvent;
  switch (kind) {
    case "notice_given":
      return t("发出会议公告", "Notice given");
    case "amended":
      return t(`公告修改（第${facts.edition}版）`, `Notice amended (edition ${facts.edition})`);
    case "extended":
      return t("表决延期", "Voting extended");
    case "opened":
      return t("表决开始", "Voting opened");
    case "closed":
      return t("表决截止", "Voting closed");
    case "reminded":
      return t("提醒尚未表决的业主", "Those who had not voted were reminded");
    case "counting_began":
      return t("封票，开始计票", "Ballots sealed, counting began");
    case "counted":
      return facts.run === 1
        ? t("计票完成", "Counted")
        : t(`第${facts.run}次计票（复核）`, `Recounted (count ${facts.run})`);
    case "published":
      return facts.run === 1 ? t("公布结果", "Result published") : t("公布复核结果", "Result of the recount published");
    case "objection_made":
      return t(`收到第${facts.no}号异议`, `Objection no. ${facts.no} received`);
    case "objection_answered":
      return t(`答复第${facts.no}号异议`, `Objection no. ${facts.no} answered`);
    case "final":
      return t("结果确定", "Result final");
    case "withdrawn":
      return t("会议撤回", "Meeting withdrawn");
    case "annulled":
      return t("决定被依法撤销", "Decision annulled by authority");
  }
}

/** The facts in a sentence; "" where the title says everything. */
export function eventDetail(event: MeetingEvent, t: T, lang: Lang): string {
  const { kind, facts } = event;
  switch (kind) {
    case "notice_given":
      return t(
        `表决从${sayInstant(facts.opensAt, lang)}到${sayDeadline(facts.closesAt, lang)}`,
        `Voting from ${sayInstant(facts.opensAt, lang)} to ${sayDeadline(facts.closesAt, lang)}`,
      );
    case "amended":
      return t(
        `原因：${facts.why}。表决从${sayInstant(facts.opensAt, lang)}到${sayDeadline(facts.closesAt, lang)}${facts.restarted ? "，公告期重新计算" : ""}`,
        `Why: ${facts.why}. Voting from ${sayInstant(facts.opensAt, lang)} to ${sayDeadline(facts.closesAt, lang)}${facts.restarted ? "; the period of notice began anew" : ""}`,
      );
    case "extended":
      return t(
        `截止时间由${sayDeadline(facts.from, lang)}延至${sayDeadline(facts.to, lang)}。原因：${facts.why}`,
        `The close moved from ${sayDeadline(facts.from, lang)} to ${sayDeadline(facts.to, lang)}. Why: ${facts.why}`,
      );
    case "reminded":
      return t(
        `截止前${facts.daysBefore}天，共${facts.households}户`,
        `${facts.daysBefore} day(s) before the close, ${facts.households} households`,
      );
    case "counted":
      return facts.why === "" ? "" : t(`原因：${facts.why}`, `Why: ${facts.why}`);
    case "withdrawn":
      return t(`原因：${facts.why}`, `Why: ${facts.why}`);
    case "annulled":
      return t(
        `${facts.authority}，文号：${facts.document}。原因：${facts.why}`,
        `${facts.authority}, document ${facts.document}. Why: ${facts.why}`,
      );
    case "opened":
    case "closed":
    case "counting_began":
    case "published":
    case "objection_made":
    case "objection_answered":
    case "final":
      return "";
  }
}

export const stateWord = (state: MeetingState, t: T): string => {
  const words: Record<MeetingState, string> = {
    draft: t("起草中", "Draft"),
    notice: t("公告中", "Notice given"),
    open: t("正在表决", "Voting is open"),
    closed: t("表决已截止，待计票", "Closed, to be counted"),
    counted: t("已计票，待公布", "Counted, to be published"),
    published: t("结果公示中", "Result published"),
    final: t("结果已确定", "Final"),
    withdrawn: t("已撤回", "Withdrawn"),
    annulled: t("已被依法撤销", "Annulled by authority"),
  };
  return words[state];
};

export const STATE_TONE: Record<MeetingState, StatusTone> = {
  draft: "waiting",
  notice: "waiting",
  open: "active",
  closed: "note",
  counted: "note",
  published: "good",
  final: "good",
  withdrawn: "off",
  annulled: "bad",
};
