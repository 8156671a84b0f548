/** Works paid from the fund as pages show them, public and at the desk alike. Markup only. */
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { factsOf } from "./projects/actions.ts";
import { isOverEstimate, stateOf } from "./projects/rules.ts";
import type { ProjectRow } from "./projects/store.ts";
import { EMERGENCY_WORDS, PATH_WORDS, PROJECT_STATE_WORDS, PROJECT_TONES, STEP_WORDS } from "./words.ts";

export const ProjectState = ({ c, row }: { c: AppContext; row: ProjectRow }) => {
  const state = stateOf(factsOf(row));
  return <StatusWord tone={PROJECT_TONES[state]}>{PROJECT_STATE_WORDS[state][c.var.lang]}</StatusWord>;
};

const scopeWords = (c: AppContext, { scope }: ProjectRow): string => {
  const { t } = c.var;
  switch (scope.kind) {
    case "estate":
      return t("全小区", "The whole estate");
    case "buildings":
      return scope.buildings.join("、");
    case "units":
      return t(`${scope.unitIds.length}套房屋`, `${scope.unitIds.length} units`);
  }
};

export const ProjectFactsList = ({ c, row }: { c: AppContext; row: ProjectRow }) => {
  const { t, lang } = c.var;
  const { settlement } = row;
  return (
    <FactList>
      <Fact label={t("办理方式", "How")}>
        {PATH_WORDS[row.path][lang]}
        {row.emergency ? `：${EMERGENCY_WORDS[row.emergency][lang]}` : ""}
      </Fact>
      <Fact label={t("受益范围", "For whom")}>{scopeWords(c, row)}</Fact>
      <Fact label={t("使用方案", "Plan")}>{row.plan}</Fact>
      <Fact label={t("预算", "Estimate")}>{`${formatYuan(row.estimateFen)} ${t("元", "yuan")}`}</Fact>
      {settlement ? (
        <Fact label={t("结算", "Settlement")}>
          {`${formatYuan(settlement.amountFen)} ${t("元", "yuan")} `}
          {isOverEstimate(settlement.amountFen, row.estimateFen, 0) ? (
            <StatusWord tone={settlement.overWhy ? "bad" : "note"}>
              {t(
                `超预算${formatYuan(settlement.amountFen - row.estimateFen)}元${settlement.overWhy ? `：${settlement.overWhy}` : ""}`,
                `${formatYuan(settlement.amountFen - row.estimateFen)} yuan above the estimate${settlement.overWhy ? `: ${settlement.overWhy}` : ""}`,
              )}
            </StatusWord>
          ) : null}
        </Fact>
      ) : null}
      {settlement ? (
        <Fact label={t("怎么分摊", "How it is shared")}>
          {t(
            `由受益的${settlement.units}套房屋按专有部分面积分摊，算到分，合计一分不差（《住宅专项维修资金管理办法》第二十条）。`,
            `By the area of the ${settlement.units} units it is for, to the fen; the sum is exact (Measures, art. 20).`,
          )}
        </Fact>
      ) : null}
    </FactList>
  );
};

export const StepList = ({ c, row }: { c: AppContext; row: ProjectRow }) => {
  const { t, lang } = c.var;
  const { slug } = c.var.scene.community;
  return (
    <DataTable
      caption={t("办理经过", "What happened")}
      rows={row.steps}
      empty={<p>{t("还没有进展。", "Nothing yet.")}</p>}
      columns={[
        { label: t("步骤", "Step"), head: true, cell: ({ kind }) => STEP_WORDS[kind][lang] },
        { label: t("日期", "Day"), cell: ({ onDay }) => sayDay(onDay, lang) },
        {
          label: t("说明", "What was said"),
          cell: ({ words, meeting, item }) =>
            meeting === null ? words : t(`第${meeting}次会议 议题${item}`, `Meeting ${meeting}, item ${item}`),
        },
        {
          label: t("记录", "Record"),
          cell: ({ leafHash }) => <a href={`/c/${slug}/record/${leafHash}`}>{t("查看", "Open")}</a>,
        },
      ]}
    />
  );
};
