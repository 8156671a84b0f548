/** Ties that were found among the bidders and what two people decided of each, for everybody once bids are opened: companies, decision, reason; no person. Registers. */
import { dayOf } from "../../../kernel/day.ts";
import { type Bilingual, pick } from "../../../platform/i18n.ts";
import { sayDay } from "../../../platform/ui/moments.ts";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { sayAuthor } from "../../acting.ts";
import { registerTenderSection } from "../../public/sections.ts";
import { listBidders } from "../store.ts";
import { CONFLICT_WORDS } from "../words.ts";
import { isBetweenBidders, standingOf } from "./rules.ts";
import { ConflictStatus } from "./status.tsx";
import { type ConflictRow, listConflicts } from "./store.ts";
import { OUTCOME_WORDS } from "./words.ts";

const OFFICER: Bilingual = { zh: "与本小区的工作人员", en: "with an officer of the estate" };

registerTenderSection("conflicts", {
  place: 16,
  queries: (scene, key) => [listConflicts(scene, key), listBidders(scene, key)] as const,
  render: (c, tender, _, [conflicts, bidders]) => {
    const { t, lang } = c.var;
    // Before the opening nobody is told who bids, so nobody is told who is too close either (TB 22).
    if (tender.openedAt === null || conflicts.length === 0) return null;
    const nameOf = (id: string): string => bidders.find(({ bidderId }) => bidderId === id)?.name ?? "";
    return (
      <section id="conflicts">
        <h2>{t("利害关系及处理", "Ties, and what was decided")}</h2>
        <p>
          {t(
            "系统在登记时比对出来的，由主任决定、监督人员确认（《招标投标法实施条例》第三十四条）。不公开人员姓名。",
            "Found when companies registered; decided by the chair and confirmed by a witness (Regulation, art. 34). Nobody is named.",
          )}
        </p>
        <DataTable
          caption={t("利害关系及处理", "Ties, and what was decided")}
          quietCaption
          rows={conflicts}
          columns={[
            {
              label: t("涉及", "Between"),
              head: true,
              cell: (row: ConflictRow) =>
                `${nameOf(row.bidderId)}${isBetweenBidders(row.kind) ? t("、", " and ") + nameOf(row.withId) : t("，", ", ") + pick(OFFICER, lang)}`,
            },
            {
              label: t("标段", "Lot"),
              cell: ({ lotNo }) => (lotNo === 0 ? t("全部", "All") : String(lotNo)),
            },
            { label: t("发现了什么", "What was found"), cell: ({ kind }) => pick(CONFLICT_WORDS[kind], lang) },
            {
              label: t("处理和理由", "Decision and reason"),
              cell: (row) => (
                <>
                  <ConflictStatus c={c} row={row} />
                  {standingOf(row) === "settled" && row.outcome !== null ? (
                    <p>
                      {pick(OUTCOME_WORDS[row.outcome], lang)}
                      {t("。", ". ")}
                      {row.reason}
                      <span class="hint">
                        {t("（", " (")}
                        {sayAuthor(row.decidedByWords ?? "", t)}
                        {t("决定，", " decided, ")}
                        {sayAuthor(row.answeredByWords ?? "", t)}
                        {t("确认，", " confirmed; ")}
                        {sayDay(dayOf(row.foundAt), lang)}
                        {t("发现）", " found)")}
                      </span>
                    </p>
                  ) : null}
                </>
              ),
            },
          ]}
        />
      </section>
    );
  },
});
