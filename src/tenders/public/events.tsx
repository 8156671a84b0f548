/** Everything that happened to a tender, and how the events of its course are told. Other parts of the room register their own words. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { EventHistory } from "../../record/history.tsx";
import { meaningOf } from "../../record/meanings.ts";
import { sayAuthor } from "../acting.ts";
import type { Mode } from "../scheme/rules.ts";
import type { TenderEventRow } from "../store.ts";
import { MODE_WORDS } from "../words.ts";
import { registerTenderEventWords, tenderEventWords } from "./sections.ts";

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" ? value : 0);

registerTenderEventWords({
  drafted: (facts, { t }) => {
    const mode = MODE_WORDS[facts.mode as Mode]?.name;
    return mode ? t(mode.zh, mode.en) : "";
  },
  scheme_changed: (facts, { t }) => t(`第${number(facts.edition)}版`, `edition ${number(facts.edition)}`),
  scheme_decided: (facts, { t }) =>
    typeof facts.meeting === "number"
      ? t(
          `业主大会第${facts.meeting}次会议议题${number(facts.item)}通过`,
          `carried as item ${number(facts.item)} of meeting ${facts.meeting}`,
        )
      : t(`依据：${text(facts.basis)}`, `on the ground of ${text(facts.basis)}`),
  noticed: (facts, { t, lang }) =>
    t(
      `${number(facts.lots)}个标段；提问到${sayDeadline(number(facts.questionsEndAt), lang)}，投标到${sayDeadline(number(facts.closesAt), lang)}`,
      `${number(facts.lots)} lots; questions until ${sayDeadline(number(facts.questionsEndAt), lang)}, bids until ${sayDeadline(number(facts.closesAt), lang)}`,
    ),
  closed: () => "",
  failed: (facts, { t }) => t(`原因：${text(facts.why)}`, `Why: ${text(facts.why)}`),
  cancelled: (facts, { t }) => t(`原因：${text(facts.why)}`, `Why: ${text(facts.why)}`),
});

/** An event's few words for lists and feeds: the record's own. */
export const tenderEventTitle = (kind: string, lang: AppContext["var"]["lang"]): string =>
  pick(meaningOf(`tender.${kind}`).title, lang);

/** Its facts in a sentence; "" where the title says all. */
export const tenderEventDetail = (
  { kind, detail }: Pick<TenderEventRow, "kind" | "detail">,
  c: Pick<AppContext["var"], "t" | "lang">,
): string => tenderEventWords(kind)?.(JSON.parse(detail) as Record<string, unknown>, c) ?? "";

export const TenderHistory = (props: { c: AppContext; tenderId: string; events: readonly TenderEventRow[] }) => {
  const { c, tenderId, events } = props;
  const { t, lang } = c.var;
  return (
    <EventHistory
      c={c}
      title={t("选聘经过", "What happened")}
      events={events}
      titleOf={({ kind }) => tenderEventTitle(kind, lang)}
      detailOf={(event) => tenderEventDetail(event, c.var)}
      sayAuthor={sayAuthor}
      about={{
        id: tenderId,
        words: t("这次选聘在公开记录里的全部条目", "Every entry of the record about this tender"),
      }}
    />
  );
};
