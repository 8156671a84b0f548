/** Works paid from the fund as pages show them, public and at the desk alike. Markup only. */
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { accountsHref } from "../books/addresses.ts";
import { fundHref } from "./addresses.ts";
import { factsOf } from "./projects/actions.ts";
import { type Clock, isOverEstimate, stateOf } from "./projects/rules.ts";
import type { ProjectRow } from "./projects/store.ts";
import type { TransferClock } from "./rules.ts";
import { EMERGENCY_WORDS, PATH_WORDS, PROJECT_STATE_WORDS, PROJECT_TONES, STEP_WORDS } from "./words.ts";

export const accountCrumbs = (c: AppContext) => [
  { href: accountsHref(c.var.scene.community.slug), label: c.var.t("公开账目", "Public accounts") },
];
export const fundCrumbs = (c: AppContext) => [
  ...accountCrumbs(c),
  { href: fundHref(c.var.scene.community.slug), label: c.var.t("专项维修资金", "Maintenance fund") },
];
/** What a clock of works is about. */
export const CLOCK_WORDS = {
  report: { zh: "应急使用事后报告", en: "Report of the emergency" },
  filing: { zh: "列支同意报主管部门备案", en: "Filing of the approval" },
} as const;

/** By when something is owed on works, and whether it was done; overdue shows in public. */
export const ProjectClocks = ({ c, clocks }: { c: AppContext; clocks: readonly Clock[] }) => {
  const { t, lang } = c.var;
  if (clocks.length === 0) return null;
  return (
    <FactList>
      {clocks.map(({ kind, dueOn, doneOn, isOverdue }) => (
        <Fact label={CLOCK_WORDS[kind][lang]}>
          {doneOn !== null ? (
            <StatusWord tone={doneOn > dueOn ? "note" : "good"}>
              {doneOn > dueOn
                ? t(
                    `${sayDay(doneOn, lang)}完成，晚于期限${sayDay(dueOn, lang)}`,
                    `done ${sayDay(doneOn, lang)}, after ${sayDay(dueOn, lang)}`,
                  )
                : t(`${sayDay(doneOn, lang)}完成`, `done ${sayDay(doneOn, lang)}`)}
            </StatusWord>
          ) : isOverdue ? (
            <StatusWord tone="bad">
              {t(`已逾期，应在${sayDay(dueOn, lang)}以前`, `overdue since ${sayDay(dueOn, lang)}`)}
            </StatusWord>
          ) : (
            <StatusWord tone="waiting">{t(`${sayDay(dueOn, lang)}以前`, `by ${sayDay(dueOn, lang)}`)}</StatusWord>
          )}
        </Fact>
      ))}
    </FactList>
  );
};

/** The authority was told that the owners hold the fund themselves: by when it hands over, and whether it did (MF 15). */
export const TransferState = ({ c, clock }: { c: AppContext; clock: TransferClock }) => {
  const { t, lang } = c.var;
  const { noticedOn, dueOn, doneOn, isOverdue } = clock;
  return (
    <Callout
      tone={isOverdue ? "bad" : "info"}
      title={
        doneOn !== null
          ? t(`${sayDay(doneOn, lang)}划转完成`, `Handed over on ${sayDay(doneOn, lang)}`)
          : isOverdue
            ? t(
                `主管部门划转已逾期，应在${sayDay(dueOn, lang)}以前`,
                `The hand-over is overdue since ${sayDay(dueOn, lang)}`,
              )
            : t(`主管部门应在${sayDay(dueOn, lang)}以前划转`, `The authority hands over by ${sayDay(dueOn, lang)}`)
      }
    >
      <p>
        {t(
          `${sayDay(noticedOn, lang)}已通知主管部门（《住宅专项维修资金管理办法》第十五条）。`,
          `The authority was told on ${sayDay(noticedOn, lang)} (Measures, art. 15).`,
        )}
      </p>
    </Callout>
  );
};

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
      rows={[
        ...row.steps,
        ...(row.filing ? [{ ...row.filing, kind: "filed" as const, meeting: null, item: null }] : []),
      ]}
      empty={<p>{t("还没有进展。", "Nothing yet.")}</p>}
      columns={[
        {
          label: t("步骤", "Step"),
          head: true,
          cell: ({ kind }) => (kind === "filed" ? CLOCK_WORDS.filing[lang] : STEP_WORDS[kind][lang]),
        },
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
