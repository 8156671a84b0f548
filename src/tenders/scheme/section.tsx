/** The scheme as everybody reads it: mode and reasons, lot by lot, by what offers are compared. A section of the tender's page. Markup only. */
import { formatYuan, plainYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { registerTenderSection } from "../public/sections.ts";
import type { TenderRow } from "../store.ts";
import {
  CRITERION_WORDS,
  MODE_WORDS,
  PRICE_MODEL_WORDS,
  PROCEDURE_WORDS,
  QUALIFICATION_WORDS,
  SERVICE_WORDS,
  TIE_WORDS,
} from "../words.ts";
import type { Criterion, Lot, PriceLine, Scheme } from "./rules.ts";

registerTenderSection("scheme", {
  place: 10,
  queries: () => [] as const,
  // A draft is nobody's offer yet: the public reads a scheme once it was decided.
  render: (c, row, scheme) => (row.decidedAt === null ? null : <SchemeSection c={c} row={row} scheme={scheme} />),
});

const SchemeSection = ({ c, row, scheme }: { c: AppContext; row: TenderRow; scheme: Scheme }) => {
  const { t } = c.var;
  return (
    <section id="scheme">
      <h2>{t("选聘方案", "The scheme")}</h2>
      {row.edition > 1 && row.noticedEdition !== null && row.edition > row.noticedEdition ? (
        <p class="hint">
          {t("公告以后有修改，下面是现行版本。", "Amended since the notice; this is the edition in force.")}
        </p>
      ) : null}
      <SchemeWords c={c} scheme={scheme} />
    </section>
  );
};

/** The whole scheme, for the public page, the desk and the notice. */
export const SchemeWords = ({ c, scheme }: { c: AppContext; scheme: Scheme }) => {
  const { t, lang } = c.var;
  return (
    <>
      <FactList>
        <Fact label={t("服务模式", "How the estate is served")}>{pick(MODE_WORDS[scheme.mode].name, lang)}</Fact>
        <Fact label={t("为什么这样选", "Why")}>{scheme.reasons || "—"}</Fact>
        {scheme.lots.length > 0 ? (
          <>
            <Fact label={t("选聘方式", "Procedure")}>{pick(PROCEDURE_WORDS[scheme.procedure], lang)}</Fact>
            <Fact label={t("时间", "Times")}>
              {t(
                `提问${scheme.questionDays}天，投标${scheme.bidDays}天，中标候选人公示${scheme.candidateDays}天`,
                `${scheme.questionDays} days to ask, ${scheme.bidDays} to bid, ${scheme.candidateDays} to object to the candidates`,
              )}
            </Fact>
            <Fact label={t("评审组", "Panel")}>
              {t(
                `${scheme.panel.size}人，其中专家${scheme.panel.experts}人`,
                `${scheme.panel.size} members, ${scheme.panel.experts} of them experts`,
              )}
            </Fact>
            <Fact label={t("同分怎么办", "Ties")}>
              {scheme.ties.map((tie) => pick(TIE_WORDS[tie], lang)).join(t("，再", ", then "))}
            </Fact>
          </>
        ) : null}
      </FactList>
      {scheme.invited.length > 0 ? (
        <p>
          {t("邀请：", "Invited: ")}
          {scheme.invited.map(({ name }) => name).join(t("、", ", "))}
        </p>
      ) : null}
      {scheme.lots.map((lot) => (
        <LotWords c={c} lot={lot} />
      ))}
      {scheme.lots.length > 0 ? <CriteriaTable c={c} criteria={scheme.criteria} /> : null}
      <OwnWords c={c} scheme={scheme} />
    </>
  );
};

const LotWords = ({ c, lot }: { c: AppContext; lot: Lot }) => {
  const { t, lang } = c.var;
  return (
    <section id={`lot-${lot.lotNo}`}>
      <h3>{t(`标段${lot.lotNo}：${lot.title}`, `Lot ${lot.lotNo}: ${lot.title}`)}</h3>
      <FactList>
        <Fact label={t("服务", "Service")}>{pick(SERVICE_WORDS[lot.service], lang)}</Fact>
        <Fact label={t("范围", "Scope")}>{lot.scope || "—"}</Fact>
        <Fact label={t("服务期", "Term")}>
          {t(`自${sayDay(lot.from, lang)}起${lot.months}个月`, `${lot.months} months from ${sayDay(lot.from, lang)}`)}
        </Fact>
        <Fact label={t("计价方式", "Price model")}>{pick(PRICE_MODEL_WORDS[lot.priceModel].name, lang)}</Fact>
        {lot.estimateFen > 0 ? (
          <Fact label={t("估算价", "Estimate")}>
            {t(`${formatYuan(lot.estimateFen)}元`, `${formatYuan(lot.estimateFen)} yuan`)}
          </Fact>
        ) : null}
        {lot.bondFen > 0 ? (
          <Fact label={t("投标保证金", "Bond")}>
            {t(`${formatYuan(lot.bondFen)}元`, `${formatYuan(lot.bondFen)} yuan`)}
          </Fact>
        ) : null}
        <Fact label={t("投标人要有", "Bidders need")}>
          {lot.qualifications.map((one) => pick(QUALIFICATION_WORDS[one], lang)).join(t("、", ", ")) || "—"}
        </Fact>
        {lot.parts.length > 0 ? (
          <Fact label={t("包含", "Made of")}>
            {lot.parts.map((one) => pick(SERVICE_WORDS[one], lang)).join(t("、", ", "))}
            {lot.subcontracted.length > 0
              ? t(
                  `；其中${lot.subcontracted.map((one) => SERVICE_WORDS[one].zh).join("、")}可以委托给专业单位`,
                  `; of these ${lot.subcontracted.map((one) => SERVICE_WORDS[one].en).join(", ")} may go to specialists`,
                )
              : t("；不得转委托", "; nothing may be passed on")}
          </Fact>
        ) : null}
      </FactList>
      <DataTable
        caption={t("质量标准", "Measures of quality")}
        rows={lot.quality}
        columns={[
          { label: t("内容", "What"), head: true, cell: ({ clause }) => clause },
          { label: t("标准", "Measure"), cell: ({ measure }) => measure },
        ]}
      />
      <PriceTable c={c} prices={lot.prices} />
    </section>
  );
};

const PriceTable = ({ c, prices }: { c: AppContext; prices: readonly PriceLine[] }) => {
  const { t } = c.var;
  return (
    <DataTable
      caption={t("报价项", "What is to be priced")}
      rows={prices}
      columns={[
        { label: t("报价项", "Price of"), head: true, cell: ({ label }) => label },
        { label: t("单位", "Unit"), cell: ({ unit }) => unit },
        {
          label: t("数量", "Quantity"),
          number: true,
          cell: ({ quantityHundredths }) => plainYuan(quantityHundredths).replace(/\.00$/, ""),
        },
        {
          label: t("最高限价（元）", "Ceiling (yuan)"),
          number: true,
          cell: ({ ceilingFen }) => (ceilingFen === null ? t("不设", "none") : formatYuan(ceilingFen)),
        },
      ]}
    />
  );
};

/** How a price becomes points, as a sentence anybody can recompute. */
export function formulaWords({ formula, weight }: Criterion, { t }: Pick<AppContext["var"], "t">): string {
  if (!formula) return "";
  if (formula.kind === "lowest")
    return t(`最低有效报价 ÷ 报价 × ${weight}，保留两位小数`, `lowest valid price ÷ price × ${weight}, two decimals`);
  return t(
    `基准价为有效报价的算术平均；每高1%扣${plainYuan(formula.abovePerPercent)}分，每低1%扣${plainYuan(formula.belowPerPercent)}分`,
    `measured against the mean of the valid prices; ${plainYuan(formula.abovePerPercent)} points off for each 1 % above, ${plainYuan(formula.belowPerPercent)} for each 1 % below`,
  );
}

const CriteriaTable = ({ c, criteria }: { c: AppContext; criteria: readonly Criterion[] }) => {
  const { t, lang } = c.var;
  const sum = criteria.reduce((held, { weight }) => held + weight, 0);
  return (
    <DataTable
      caption={t("怎么评分", "By what offers are compared")}
      rows={criteria}
      columns={[
        { label: t("评分项", "Criterion"), head: true, cell: ({ title }) => title },
        { label: t("分值", "Points"), number: true, cell: ({ weight }) => String(weight) },
        { label: t("怎么算", "How"), cell: ({ kind }) => pick(CRITERION_WORDS[kind], lang) },
        {
          label: t("标准", "Guide"),
          cell: (one) => (
            <>
              {one.guide}
              {one.formula ? (
                <>
                  {one.guide === "" ? null : <br />}
                  {formulaWords(one, c.var)}
                </>
              ) : null}
            </>
          ),
        },
      ]}
      foot={[t("合计", "Sum"), String(sum), "", ""]}
    />
  );
};

const OwnWords = ({ c, scheme }: { c: AppContext; scheme: Scheme }) => {
  const { t, lang } = c.var;
  return (
    <>
      {scheme.posts.length > 0 ? (
        <DataTable
          caption={t("自主管理的岗位", "Posts under self-management")}
          rows={scheme.posts}
          columns={[
            { label: t("岗位", "Post"), head: true, cell: ({ title }) => title },
            { label: t("人数", "People"), number: true, cell: ({ count }) => String(count) },
            { label: t("职责", "Duties"), cell: ({ duties }) => duties || "—" },
            { label: t("用工形式", "Contract"), cell: ({ contract }) => contract || "—" },
          ]}
        />
      ) : null}
      {scheme.ownGuardsFiling === "" ? null : (
        <p>
          {t("自行招用保安员的备案：", "The estate's own guards are filed as: ")}
          {scheme.ownGuardsFiling}
        </p>
      )}
      {scheme.kept.length > 0 ? (
        <DataTable
          caption={t("继续履行的合同", "Contracts that run on")}
          rows={scheme.kept}
          columns={[
            { label: t("服务", "Service"), head: true, cell: ({ service }) => pick(SERVICE_WORDS[service], lang) },
            { label: t("单位", "Provider"), cell: ({ provider }) => provider },
            { label: t("到期", "Until"), cell: ({ until }) => sayDay(until, lang) },
          ]}
        />
      ) : null}
    </>
  );
};
