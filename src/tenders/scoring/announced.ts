/** How the events from the examination to the award are told in a tender's history. Registers; no page. */
import { registerTenderEventWords } from "../public/sections.ts";
import { formatPoints } from "./sheets/rules.ts";

type Facts = Readonly<Record<string, unknown>>;
const n = (facts: Facts, name: string): number => Number(facts[name] ?? 0);
const lot = (facts: Facts, t: (zh: string, en: string) => string): string =>
  t(`标段${n(facts, "lot")}`, `lot ${n(facts, "lot")}`);
interface LotFact {
  readonly lot: number;
  readonly fit?: readonly number[];
  readonly void?: number;
  readonly failed?: boolean;
  readonly ranked?: readonly { readonly bidder: number; readonly total: number }[];
}
const lotsOf = (facts: Facts): readonly LotFact[] => (facts.lots ?? []) as readonly LotFact[];
const CAUSES: Readonly<Record<string, readonly [string, string]>> = {
  declared: ["有利害关系，回避", "stood back for a tie"],
  related: ["有利害关系，更换", "replaced for a tie"],
  absent: ["不能参加，更换", "could not take part"],
};
const VERDICTS: Readonly<Record<string, readonly [string, string]>> = {
  chosen: ["业主选定一家", "the owners chose one"],
  none_chosen: ["业主没有选定任何一家", "the owners chose none"],
  quorum_not_met: ["参加表决的业主不够", "too few owners took part"],
};

registerTenderEventWords({
  panel_prepared: (facts, { t }) =>
    t(
      `评审组${n(facts, "size")}人，专家${n(facts, "experts")}人，从${n(facts, "pool")}人的专家库抽取`,
      `a panel of ${n(facts, "size")}, ${n(facts, "experts")} experts from a pool of ${n(facts, "pool")}`,
    ),
  panel_drawn: (facts, { t }) =>
    t(
      `抽出${n(facts, "drawn")}位专家${n(facts, "passedOver") > 0 ? `，${n(facts, "passedOver")}位属于投标人，自动回避` : ""}`,
      `${n(facts, "drawn")} experts${n(facts, "passedOver") > 0 ? `, ${n(facts, "passedOver")} passed over` : ""}`,
    ),
  member_appointed: (facts, { t }) =>
    facts.kind === "expert"
      ? t(
          `${n(facts, "member")}号成员：${n(facts, "expert")}号专家`,
          `member ${n(facts, "member")}: expert ${n(facts, "expert")}`,
        )
      : t(`${n(facts, "member")}号成员：招标人代表`, `member ${n(facts, "member")}: a representative`),
  member_declared: (facts, { t }) => t(`${n(facts, "member")}号成员`, `member ${n(facts, "member")}`),
  member_left: (facts, { t }) => {
    const [zh, en] = CAUSES[String(facts.cause)] ?? ["", ""];
    return t(`${n(facts, "member")}号成员${zh}`, `member ${n(facts, "member")} ${en}`);
  },
  bid_examined: (facts, { t }) =>
    facts.isFit === true
      ? t(
          `${lot(facts, t)}，${n(facts, "bidder")}号投标人：有效`,
          `${lot(facts, t)}, bidder ${n(facts, "bidder")}: valid`,
        )
      : t(
          `${lot(facts, t)}，${n(facts, "bidder")}号投标人：无效，${String(facts.why)}`,
          `${lot(facts, t)}, bidder ${n(facts, "bidder")}: void, ${String(facts.why)}`,
        ),
  price_queried: (facts, { t }) =>
    t(
      `${lot(facts, t)}，请${n(facts, "bidder")}号投标人说明报价，最后一天${String(facts.until)}`,
      `${lot(facts, t)}, bidder ${n(facts, "bidder")} is to explain its price by ${String(facts.until)}`,
    ),
  price_explained: (facts, { t }) =>
    t(`${lot(facts, t)}，${n(facts, "bidder")}号投标人`, `${lot(facts, t)}, bidder ${n(facts, "bidder")}`),
  price_decided: (facts, { t }) =>
    facts.isFit === true
      ? t(
          `${lot(facts, t)}，${n(facts, "bidder")}号投标人的说明成立：${String(facts.why)}`,
          `${lot(facts, t)}, bidder ${n(facts, "bidder")}: its explanation holds, ${String(facts.why)}`,
        )
      : t(
          `${lot(facts, t)}，${n(facts, "bidder")}号投标人报价低于成本，无效：${String(facts.why)}`,
          `${lot(facts, t)}, bidder ${n(facts, "bidder")}: below cost and void, ${String(facts.why)}`,
        ),
  qualified: (facts, { t }) =>
    lotsOf(facts)
      .map(({ lot: no, fit, failed }) =>
        t(
          `标段${no}有效${fit?.length ?? 0}家${failed ? "，失败" : ""}`,
          `lot ${no}: ${fit?.length ?? 0} valid${failed ? ", failed" : ""}`,
        ),
      )
      .join(t("；", "; ")),
  facts_recorded: (facts, { t }) => t(`${n(facts, "facts")}项`, `${n(facts, "facts")} of them`),
  scoring_opened: (facts, { t }) =>
    t(
      `${n(facts, "members")}人，其中专家${n(facts, "experts")}人`,
      `${n(facts, "members")} members, ${n(facts, "experts")} experts`,
    ),
  sheet_committed: (facts, { t }) => t(`${n(facts, "member")}号成员`, `member ${n(facts, "member")}`),
  sheet_revealed: (facts, { t }) => t(`${n(facts, "member")}号成员`, `member ${n(facts, "member")}`),
  sheet_refused: (facts, { t }) => t(`${n(facts, "member")}号成员`, `member ${n(facts, "member")}`),
  scored: (facts, { t }) =>
    lotsOf(facts)
      .map(({ lot: no, ranked }) =>
        t(
          `标段${no}：${(ranked ?? []).map((one) => `${one.bidder}号${formatPoints(one.total)}分`).join("，")}`,
          `lot ${no}: ${(ranked ?? []).map((one) => `bidder ${one.bidder} ${formatPoints(one.total)}`).join(", ")}`,
        ),
      )
      .join(t("；", "; ")),
  candidates_published: (facts, { t }) => t(`公示到${String(facts.until)}`, `until ${String(facts.until)}`),
  choice_placed: (facts, { t }) => lot(facts, t),
  choice_noticed: (facts, { t }) => lot(facts, t),
  choice_taken_back: (facts, { t }) => lot(facts, t),
  choice_given_up: (facts, { t }) => lot(facts, t),
  choice_settled: (facts, { t }) => {
    const [zh, en] = VERDICTS[String(facts.verdict)] ?? ["", ""];
    return t(`${lot(facts, t)}：${zh}`, `${lot(facts, t)}: ${en}`);
  },
  award_withdrawn: (facts, { t }) =>
    t(
      `${lot(facts, t)}（${String(facts.name)}）：${String(facts.why)}`,
      `${lot(facts, t)} (${String(facts.name)}): ${facts.cause === "annulled" ? "the owners' decision was annulled" : "a recount came out otherwise"}`,
    ),
  awarded: (facts, { t }) =>
    t(`${lot(facts, t)}由${String(facts.name)}中标`, `${lot(facts, t)}: ${String(facts.name)}`),
});
