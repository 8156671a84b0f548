/** Everything that happened to an election, each with its entry in the record; and how the events of preparing are told. Other parts register their own words. */

import { formatArea } from "../../kernel/area.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { sayDay, sayDeadline } from "../../platform/ui/moments.ts";
import { EventHistory } from "../../record/history.tsx";
import { meaningOf } from "../../record/meanings.ts";
import { sayAuthor } from "../acting.ts";
import { METHOD_TEXTS } from "../method/explained.ts";
import type { ElectionKind, MethodName } from "../rules.ts";
import type { ElectionEventRow } from "../store.ts";
import { KIND_WORDS } from "../words.ts";
import { eventWords, registerEventWords } from "./sections.ts";

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" ? value : 0);

registerEventWords({
  called: (facts, { t, lang }) => {
    const kind = KIND_WORDS[facts.kind as ElectionKind]?.name;
    const delivered =
      typeof facts.deliveredDm2 === "number"
        ? t(
            `；名册上已交付${formatArea(number(facts.deliveredDm2))}㎡，共${formatArea(number(facts.totalDm2))}㎡`,
            `; ${formatArea(number(facts.deliveredDm2))} m² of ${formatArea(number(facts.totalDm2))} m² are delivered on the roll`,
          )
        : "";
    const requested =
      text(facts.requestedOn) === ""
        ? ""
        : t(
            `；业主于${sayDay(text(facts.requestedOn), lang)}书面提出`,
            `; asked for in writing on ${sayDay(text(facts.requestedOn), lang)}`,
          );
    return `${kind ? t(kind.zh, kind.en) : ""}${t("：", ": ")}${text(facts.cause)}${requested}${delivered}`;
  },
  group_published: (facts, { t, lang }) =>
    t(
      `${number(facts.members)}人，其中业主${number(facts.owners)}人；异议期到${sayDay(text(facts.until), lang)}`,
      `${number(facts.members)} members, ${number(facts.owners)} of them owners; objections until ${sayDay(text(facts.until), lang)}`,
    ) +
    (number(facts.edition) > 1
      ? t(`（第${number(facts.edition)}版名单）`, ` (list no. ${number(facts.edition)})`)
      : ""),
  group_disbanded: (facts, { t }) =>
    t(`${number(facts.members)}人的小组职务随之结束`, `the posts of ${number(facts.members)} in it end with it`),
  group_objected: (facts, { t }) =>
    facts.channel === "paper" ? t("书面交来", "handed in on paper") : t("业主在网上提出", "made by an owner online"),
  group_objection_answered: (facts, { t }) => t(`第${number(facts.no)}件`, `No. ${number(facts.no)}`),
  method_set: (facts, { t }) =>
    (Array.isArray(facts.settings) ? (facts.settings as MethodName[]) : [])
      .map((name) => METHOD_TEXTS[name]?.title)
      .filter((title) => title !== undefined)
      .map((title) => t(title.zh, title.en))
      .join(t("、", "; ")),
  method_frozen: (facts, { t }) =>
    t(`校验值${text(facts.methodHash).slice(0, 16)}…`, `hash ${text(facts.methodHash).slice(0, 16)}…`),
  nominations_opened: (facts, { t, lang }) =>
    t(`到${sayDeadline(number(facts.closeAt), lang)}截止`, `until ${sayDeadline(number(facts.closeAt), lang)}`),
  nominations_extended: (facts, { t, lang }) =>
    t(
      `延到${sayDeadline(number(facts.closeAt), lang)}；原因：${text(facts.why)}`,
      `until ${sayDeadline(number(facts.closeAt), lang)}; why: ${text(facts.why)}`,
    ),
  ended: (facts, { t }) => t(`原因：${text(facts.why)}`, `Why: ${text(facts.why)}`),
});

/** An event's few words for lists and feeds: the record's own. */
export const eventTitle = (kind: string, lang: AppContext["var"]["lang"]): string =>
  pick(meaningOf(`election.${kind}`).title, lang);

/** Its facts in a sentence; "" where the title says all. */
export function eventDetail(
  { kind, detail }: Pick<ElectionEventRow, "kind" | "detail">,
  c: Pick<AppContext["var"], "t" | "lang">,
): string {
  return eventWords(kind)?.(JSON.parse(detail) as Record<string, unknown>, c) ?? "";
}

/** In order. Each line has an address of its own, which feeds use. */
export const History = (props: { c: AppContext; electionId: string; events: readonly ElectionEventRow[] }) => {
  const { c, events, electionId } = props;
  const { t, lang } = c.var;
  return (
    <EventHistory
      c={c}
      title={t("选举经过", "What happened")}
      events={events}
      titleOf={({ kind }) => eventTitle(kind, lang)}
      detailOf={(event) => eventDetail(event, c.var)}
      sayAuthor={sayAuthor}
      about={{
        id: electionId,
        words: t("这次选举在公开记录里的全部条目", "Every entry of the record about this election"),
      }}
    />
  );
};
