/** Parts that the public and the desk show of a contract alike: where it stands, its facts, quality and prices. Markup only. */
import { type Day, dayOf } from "../../kernel/day.ts";
import { type Fen, formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import type { T } from "../../platform/i18n.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { tenderHref } from "../addresses.ts";
import { SERVICE_WORDS } from "../words.ts";
import { contractHref, deskContractHref, providerHref } from "./addresses.ts";
import { type Alarms, standingOf } from "./ending/rules.ts";
import { type ClockFace, type ContractTerms, clockFace, filingDue, writtenDue } from "./rules.ts";
import type { ContractFile, ContractRow } from "./store.ts";
import { STANDING_TONE, STANDING_WORDS } from "./words.ts";

const yuan = (fen: Fen, t: T): string => t(`${formatYuan(fen)}元`, `${formatYuan(fen)} yuan`);

export const ContractStanding = ({ c, row, alarms }: { c: AppContext; row: ContractRow; alarms: Alarms }) => {
  const standing = standingOf(row, dayOf(c.var.now), alarms);
  return <StatusWord tone={STANDING_TONE[standing]}>{STANDING_WORDS[standing][c.var.lang]}</StatusWord>;
};

/** A clock that runs or ran, in words. */
export const ClockWords = ({ c, face, dueOn }: { c: AppContext; face: ClockFace; dueOn: Day }) => {
  const { t, lang } = c.var;
  const due = sayDay(dueOn, lang);
  switch (face.state) {
    case "done":
      return <StatusWord tone="good">{t("按期完成", "In time")}</StatusWord>;
    case "done_late":
      return (
        <StatusWord tone="bad">
          {t(`晚了${face.days}天（期限${due}）`, `${face.days} days late, due ${due}`)}
        </StatusWord>
      );
    case "overdue":
      return (
        <StatusWord tone="bad">
          {t(`逾期${face.days}天（期限${due}）`, `Overdue by ${face.days} days, due ${due}`)}
        </StatusWord>
      );
    case "waiting":
      return (
        <StatusWord tone="waiting">
          {t(`期限${due}，还有${face.days}天`, `Due ${due}, ${face.days} days left`)}
        </StatusWord>
      );
  }
};

/** A paper of a contract. Before it is signed only the desk opens it. */
export const PaperLink = ({ c, row, file }: { c: AppContext; row: ContractRow; file: ContractFile }) => (
  <>
    <a href={paperHref(c.var.scene.community.slug, row, file)}>{file.name}</a>{" "}
    <small class="hint">
      {c.var.t("校验值", "SHA-256")} <code>{file.sha256.slice(0, 16)}…</code>
    </small>
  </>
);

const paperHref = (slug: string, { number, state }: ContractRow, { fileId }: ContractFile): string =>
  `${state === "signed" ? contractHref(slug, number) : deskContractHref(slug, number)}/files/${fileId}`;

interface Clocks {
  readonly writtenDays: number;
  readonly filingDays: number;
}
/** Who, what, how long, for how much, and whether it was written and filed in time. */
export const ContractFacts = ({ c, row, clocks }: { c: AppContext; row: ContractRow; clocks: Clocks }) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const { terms, basis } = row;
  const today = dayOf(now);
  const written = basis.kind === "award" ? writtenDue(basis.awardedOn, clocks.writtenDays) : null;
  const filed = row.signedOn === null ? null : filingDue(row.signedOn, clocks.filingDays);
  return (
    <FactList>
      <Fact label={t("物业服务人", "Provider")}>
        <a href={providerHref(slug, row.providerCode)}>{row.providerName}</a>{" "}
        <small class="num">{row.providerCode}</small>
      </Fact>
      <Fact label={t("甲方", "For the owners")}>{terms.client}</Fact>
      <Fact label={t("服务内容", "Scope")}>
        {terms.lots.map(({ title, service, scope }) => (
          <p>
            <b>{title || SERVICE_WORDS[service][lang]}</b>
            {t("：", ": ")}
            {scope}
          </p>
        ))}
        {terms.buildings.length > 0 ? (
          <p>{t(`楼栋：${terms.buildings.join("、")}`, `Buildings: ${terms.buildings.join(", ")}`)}</p>
        ) : null}
      </Fact>
      <Fact label={t("期限", "Term")}>{`${sayDay(row.fromOn, lang)} — ${sayDay(row.toOn, lang)}`}</Fact>
      <Fact label={t("合同总价", "Price over the term")}>{yuan(terms.priceFen, t)}</Fact>
      <Fact label={t("履约保证金", "Bond")}>{terms.bondFen > 0 ? yuan(terms.bondFen, t) : t("没有", "none")}</Fact>
      <Fact label={t("解除要提前", "Notice")}>
        {t(`${terms.noticeDays}天书面通知`, `${terms.noticeDays} days in writing`)}
      </Fact>
      <Fact label={t("依据", "Rests on")}>
        {basis.kind === "award" ? (
          <a href={tenderHref(slug, basis.tender)}>
            {t(
              `第${basis.tender}次选聘，${sayDay(basis.awardedOn, lang)}定标`,
              `Tender no. ${basis.tender}, awarded ${sayDay(basis.awardedOn, lang)}`,
            )}
          </a>
        ) : (
          t(`${basis.title}（${sayDay(basis.on, lang)}）`, `${basis.title} (${sayDay(basis.on, lang)})`)
        )}
      </Fact>
      {written ? (
        <Fact label={t("书面签订（《招标投标法》第四十六条）", "Written contract (TB 46)")}>
          {row.signedOn ? sayDay(row.signedOn, lang) : ""}{" "}
          <ClockWords c={c} face={clockFace(written, row.signedOn, today)} dueOn={written} />
        </Fact>
      ) : row.signedOn ? (
        <Fact label={t("签订", "Signed")}>{sayDay(row.signedOn, lang)}</Fact>
      ) : null}
      {filed ? (
        <Fact label={t("备案", "Filed")}>
          {row.filedOn ? `${sayDay(row.filedOn, lang)} ${row.filedWords ?? ""} ` : ""}
          <ClockWords c={c} face={clockFace(filed, row.filedOn, today)} dueOn={filed} />
        </Fact>
      ) : null}
      <Fact label={t("合同文本", "The paper")}>
        <PaperLink c={c} row={row} file={row.file} />
      </Fact>
    </FactList>
  );
};

export const QualityTable = ({ c, terms }: { c: AppContext; terms: ContractTerms }) => {
  const { t } = c.var;
  return (
    <DataTable
      caption={t("质量条款和怎样衡量", "Quality, and how it is measured")}
      rows={terms.quality}
      columns={[
        { label: t("条款", "Clause"), head: true, cell: ({ clause }) => clause },
        { label: t("标准", "Measure"), cell: ({ measure }) => measure },
      ]}
    />
  );
};

export const PriceTable = ({ c, terms }: { c: AppContext; terms: ContractTerms }) => {
  const { t } = c.var;
  return (
    <DataTable
      caption={t("价格", "Prices")}
      rows={terms.lines}
      columns={[
        { label: t("项目", "Item"), head: true, cell: ({ label }) => label },
        { label: t("单位", "Unit"), cell: ({ unit }) => unit },
        {
          label: t("数量", "Quantity"),
          number: true,
          cell: ({ quantityHundredths }) => formatYuan(quantityHundredths).replaceAll(",", ""),
        },
        { label: t("单价（元）", "Price (yuan)"), number: true, cell: ({ unitFen }) => formatYuan(unitFen) },
      ]}
    />
  );
};
