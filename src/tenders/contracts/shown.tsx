/** Parts that the public and the desk show of a contract alike: its terms, plan and payments, editions, end and handover. Markup only. */
import { handoverState } from "../../committee/handover/rules.ts";
import { addDays, type Day, dayOf } from "../../kernel/day.ts";
import { type Fen, formatYuan } from "../../kernel/money.ts";
import { voucherHref } from "../../ledger/books/addresses.ts";
import { VOUCHER_STATE_WORDS, voucherWords } from "../../ledger/books/words.ts";
import type { AppContext } from "../../platform/context.ts";
import type { Lang, T } from "../../platform/i18n.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { BAR_UNITS } from "../../platform/ui/shares.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { tenderHref } from "../addresses.ts";
import { SERVICE_WORDS } from "../words.ts";
import { contractHref, deskContractHref, providerHref } from "./addresses.ts";
import { type Alarms, alarmNow, differences, interimDays, type Standing, standingOf } from "./ending/rules.ts";
import type { EndingRow, TakeoverLine } from "./ending/store.ts";
import {
  type ClockFace,
  type ContractTerms,
  clockFace,
  filingDue,
  type PlanRow,
  planAgainstPaid,
  TAKEOVER_KINDS,
  writtenDue,
} from "./rules.ts";
import type { ContractFile, ContractRow, EditionRow, PaymentRow, SubcontractRow } from "./store.ts";
import {
  ENDING_WORDS,
  FIELD_WORDS,
  PLAN_WORDS,
  SIDE_WORDS,
  STANDING_TONE,
  STANDING_WORDS,
  TAKEOVER_WORDS,
} from "./words.ts";

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

/** How much of each line is paid, as a bar of the line itself; what is beyond it fills the bar and is said in the table. */
const PaidBars = ({ c, rows }: { c: AppContext; rows: readonly PlanRow[] }) => {
  const { t } = c.var;
  const width = (fen: Fen, of: Fen): number => Number((BigInt(Math.min(fen, of)) * BigInt(BAR_UNITS)) / BigInt(of));
  return (
    <div class="turnouts">
      {rows.map(({ planNo, paidFen, deductedFen, amountFen }) => (
        <div class="turnout">
          <p class="turnout-head">
            <span>{t(`第${planNo}期`, `Payment ${planNo}`)}</span>
            <span class="num">
              <b>{formatYuan(paidFen)}</b> / {formatYuan(amountFen)}
            </span>
          </p>
          <svg
            class="bar"
            viewBox={`0 0 ${BAR_UNITS} 20`}
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
          >
            <rect class="bar-ground" y="3" width={BAR_UNITS} height="14" />
            <rect class="bar-part" y="3" width={width(paidFen + deductedFen, amountFen)} height="14" />
          </svg>
        </div>
      ))}
    </div>
  );
};

/** The plan against the books, line by line, and every voucher that names the contract. */
export const Payments = ({
  c,
  row,
  payments,
}: {
  c: AppContext;
  row: ContractRow;
  payments: readonly PaymentRow[];
}) => {
  const { t, lang, scene, now } = c.var;
  const rows = planAgainstPaid(
    row.terms.plan,
    payments.map((one) => ({ ...one, isReversed: Boolean(one.isReversed) })),
    dayOf(now),
  );
  const paid = rows.reduce((sum, { paidFen }) => sum + paidFen, 0);
  const over = rows.filter(({ overFen }) => overFen > 0);
  return (
    <section id="payments">
      <h2>{t("付款：计划和实付", "Payments: planned and made")}</h2>
      <p>
        {t(
          `合同总价${formatYuan(row.terms.priceFen)}元，账上已付${formatYuan(paid)}元。`,
          `The price is ${formatYuan(row.terms.priceFen)} yuan; ${formatYuan(paid)} is paid by the books.`,
        )}
      </p>
      {over.length > 0 ? (
        <Callout tone="bad" title={t("有超付", "Paid too much")}>
          <p>
            {over
              .map(({ planNo, overFen }) =>
                t(`第${planNo}期超付${formatYuan(overFen)}元。`, `Payment ${planNo} by ${formatYuan(overFen)} yuan. `),
              )
              .join("")}
          </p>
        </Callout>
      ) : null}
      <PaidBars c={c} rows={rows} />
      <DataTable
        caption={t("每一期", "Each payment")}
        rows={rows}
        columns={[
          { label: t("期", "No."), head: true, cell: ({ planNo }) => t(`第${planNo}期`, `${planNo}`) },
          { label: t("应付日", "Due"), cell: ({ dueOn }) => sayDay(dueOn, lang) },
          { label: t("条件", "Condition"), cell: ({ condition }) => condition || "—" },
          { label: t("应付（元）", "Due (yuan)"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
          {
            label: t("已付（元）", "Paid (yuan)"),
            number: true,
            cell: (line) => (
              <>
                {formatYuan(line.paidFen)}
                {line.deductedFen > 0 ? (
                  <small>
                    {" "}
                    {t(`另扣${formatYuan(line.deductedFen)}`, `kept back ${formatYuan(line.deductedFen)}`)}
                  </small>
                ) : null}
                {line.waitingFen > 0 ? (
                  <small> {t(`待审${formatYuan(line.waitingFen)}`, `${formatYuan(line.waitingFen)} waits`)}</small>
                ) : null}
              </>
            ),
          },
          {
            label: t("现在", "Now"),
            cell: ({ state }) => (
              <StatusWord
                tone={
                  state === "over" || state === "overdue"
                    ? "bad"
                    : state === "paid"
                      ? "good"
                      : state === "later"
                        ? "waiting"
                        : "active"
                }
              >
                {PLAN_WORDS[state][lang]}
              </StatusWord>
            ),
          },
        ]}
      />
      <DataTable
        caption={t("凭证", "Vouchers")}
        rows={payments}
        empty={<p>{t("还没有凭证指向这份合同。", "No voucher names this contract yet.")}</p>}
        columns={[
          { label: t("日期", "Day"), cell: ({ onDay }) => sayDay(onDay, lang) },
          {
            label: t("凭证", "Voucher"),
            head: true,
            cell: (one) =>
              one.number === null ? (
                one.text
              ) : (
                <a href={voucherHref(scene.community.slug, { ...one, number: one.number })}>
                  {voucherWords({ period: one.period, number: one.number })[lang]}
                </a>
              ),
          },
          { label: t("付第几期", "Pays"), cell: ({ planNo }) => t(`第${planNo}期`, `payment ${planNo}`) },
          { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
          {
            label: t("状态", "State"),
            cell: ({ state, isReversed }) =>
              isReversed ? t("已冲销", "taken back") : VOUCHER_STATE_WORDS[state][lang],
          },
        ]}
      />
    </section>
  );
};

export const Subcontracts = ({ c, rows }: { c: AppContext; rows: readonly SubcontractRow[] }) => {
  const { t, lang } = c.var;
  const shown = rows.filter(({ extent }) => extent !== "none");
  if (shown.length === 0) return null;
  return (
    <DataTable
      caption={t("转委托的专项服务", "What is given on")}
      rows={shown}
      columns={[
        {
          label: t("专项", "Service"),
          head: true,
          cell: ({ service, extent }) =>
            `${SERVICE_WORDS[service][lang]}${extent === "portion" ? t("（部分）", " (a portion)") : ""}`,
        },
        { label: t("受托单位", "Contractor"), cell: ({ contractorName }) => contractorName },
        { label: t("说明", "Remark"), cell: ({ words }) => words || "—" },
        { label: t("期限", "Term"), cell: ({ fromOn, toOn }) => `${sayDay(fromOn, lang)} — ${sayDay(toOn, lang)}` },
        {
          label: t("状态", "State"),
          cell: ({ struckBy }) =>
            struckBy === null
              ? t("登记有效", "stands")
              : (rows.find(({ subNo }) => subNo === struckBy)?.words ?? t("已划去", "struck")),
        },
      ]}
    />
  );
};

const said = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
const sayValue = (field: keyof ContractTerms, value: unknown): string => {
  if (field === "priceFen" || field === "bondFen") return formatYuan(value as number);
  if (field === "plan")
    return (value as ContractTerms["plan"])
      .map(({ dueOn, amountFen }) => `${dueOn} ${formatYuan(amountFen)}`)
      .join("；");
  if (field === "quality")
    return (value as ContractTerms["quality"]).map(({ clause, measure }) => `${clause}：${measure}`).join("；");
  if (field === "lines")
    return (value as ContractTerms["lines"])
      .map(
        ({ label, quantityHundredths, unitFen }) => `${label} ${formatYuan(quantityHundredths)}×${formatYuan(unitFen)}`,
      )
      .join("；");
  return said(value);
};

/** Every edition in its order, each with what it changed against the one before. */
export const Editions = ({
  c,
  row,
  editions,
}: {
  c: AppContext;
  row: ContractRow;
  editions: readonly EditionRow[];
}) => {
  const { t, lang } = c.var;
  const standing = editions.filter(({ state }) => state === "in_force");
  if (standing.length < 2) return null;
  return (
    <section id="editions">
      <h2>{t("变更和延长", "Changes and extensions")}</h2>
      {standing.slice(1).map((edition, at) => (
        <Details
          summary={t(
            `第${at + 2}版：${edition.kind === "extension" ? "延长" : "变更"}，${edition.signedOn ? sayDay(edition.signedOn, lang) : ""}签订`,
            `Edition ${at + 2}: ${edition.kind}, signed ${edition.signedOn ? sayDay(edition.signedOn, lang) : ""}`,
          )}
        >
          <p>{t(`理由：${edition.why}`, `Why: ${edition.why}`)}</p>
          {edition.decision ? (
            <p>
              {t(
                `依据：第${edition.decision.meeting}次业主大会会议第${edition.decision.item}项`,
                `Rests on meeting ${edition.decision.meeting}, item ${edition.decision.item}`,
              )}
            </p>
          ) : null}
          <DataTable
            caption={t("改了什么", "What changed")}
            rows={differences(standing[at]!.terms, edition.terms)}
            columns={[
              { label: t("项目", "Field"), head: true, cell: ({ field }) => FIELD_WORDS[field][lang] },
              { label: t("原来", "Before"), cell: ({ field, before }) => sayValue(field, before) },
              { label: t("现在", "Now"), cell: ({ field, after }) => sayValue(field, after) },
            ]}
          />
          <p>
            <PaperLink c={c} row={row} file={edition.file} />
          </p>
        </Details>
      ))}
    </section>
  );
};

/** What the end means for whoever reads it: alarms, open-ended service, interim service, notice. */
export function standingWords(
  row: ContractRow,
  standing: Standing,
  alarms: Alarms,
  today: Day,
  lang: Lang,
): string | null {
  const zh = lang === "zh";
  switch (standing) {
    case "expiring": {
      const left = alarmNow(row.toOn, alarms, today);
      return zh
        ? `合同${sayDay(row.toOn, lang)}到期，已进入到期前${left}天。续聘或另选，要在到期前由业主共同决定（《民法典》第九百四十七条）。`
        : `The contract ends on ${sayDay(row.toOn, lang)}; the ${left}-day mark is passed. Renewing or choosing another is the owners' to decide before then (CC 947).`;
    }
    case "open_ended":
      return zh
        ? `合同${sayDay(row.toOn, lang)}已到期，业主没有续聘也没有另选，物业服务人还在服务：按原合同继续，为不定期。任何一方可以随时解除，但要提前60天书面通知（《民法典》第九百四十八条）。`
        : `The term ended on ${sayDay(row.toOn, lang)}; the owners neither renewed nor chose another and the provider serves on: the contract continues, open-ended. Either side may end it with 60 days' written notice (CC 948).`;
    case "ending":
      return zh
        ? `合同已通知终止，最后一天是${sayDay(row.endsOn!, lang)}。`
        : `The contract was given notice; its last day is ${sayDay(row.endsOn!, lang)}.`;
    case "interim":
      return zh
        ? `合同${sayDay(row.endsOn!, lang)}已终止，还没有人接管。接管之前，原物业服务人应当继续服务，可以收取这段时间的物业费（《民法典》第九百五十条）。已过渡${interimDays(row, today)}天。`
        : `The contract ended on ${sayDay(row.endsOn!, lang)} and nobody took over yet. Until then the old provider carries on and may charge for it (CC 950): ${interimDays(row, today)} days so far.`;
    case "over":
      return zh
        ? `${sayDay(row.takenOverOn!, lang)}已由他人接管，过渡${interimDays(row, today)}天。`
        : `Another took over on ${sayDay(row.takenOverOn!, lang)}, after ${interimDays(row, today)} days.`;
    default:
      return null;
  }
}

export const StandingNote = ({ c, row, alarms }: { c: AppContext; row: ContractRow; alarms: Alarms }) => {
  const { lang, now } = c.var;
  const today = dayOf(now);
  const standing = standingOf(row, today, alarms);
  const words = standingWords(row, standing, alarms, today, lang);
  return words === null ? null : (
    <Callout
      tone={STANDING_TONE[standing] === "bad" ? "bad" : standing === "over" ? "info" : "warn"}
      title={STANDING_WORDS[standing][lang]}
    >
      <p>{words}</p>
    </Callout>
  );
};

/** The notice and the handover, line by line, with both sides and the day by which it is done. */
export const EndingSection = (props: {
  c: AppContext;
  row: ContractRow;
  ending: EndingRow | undefined;
  lines: readonly TakeoverLine[];
  takeoverDays: number;
}) => {
  const { c, row, ending, lines } = props;
  const { t, lang, now } = c.var;
  if (row.endsOn === null || !ending) return null;
  const today = dayOf(now);
  const dueOn = addDays(row.endsOn, props.takeoverDays);
  const state = handoverState(lines, TAKEOVER_KINDS, dueOn, today);
  const live = lines.filter(({ struckBy }) => struckBy === null);
  return (
    <section id="ending">
      <h2>{t("终止和移交", "The end, and the handover")}</h2>
      <FactList>
        <Fact
          label={t("怎样终止", "How it ends")}
        >{`${ENDING_WORDS[ending.kind][lang]}（${SIDE_WORDS[ending.bySide][lang]}）`}</Fact>
        <Fact label={t("书面通知送达", "Notice arrived")}>
          {sayDay(ending.noticedOn, lang)} <PaperLink c={c} row={row} file={ending.file} />
        </Fact>
        <Fact label={t("最后一天", "Last day")}>{sayDay(ending.endsOn, lang)}</Fact>
        <Fact label={t("理由", "Why")}>{ending.why}</Fact>
        {ending.decision ? (
          <Fact label={t("业主决定", "The owners' decision")}>
            {t(
              `第${ending.decision.meeting}次会议第${ending.decision.item}项`,
              `Meeting ${ending.decision.meeting}, item ${ending.decision.item}`,
            )}
          </Fact>
        ) : null}
        <Fact label={t("移交期限", "Handover due")}>
          {sayDay(dueOn, lang)}{" "}
          <StatusWord tone={state === "complete" ? "good" : state === "overdue" ? "bad" : "active"}>
            {state === "complete"
              ? t("已移交完毕", "Handed over")
              : state === "overdue"
                ? t("逾期未移交完", "Overdue")
                : t("正在移交", "Under way")}
          </StatusWord>
        </Fact>
      </FactList>
      <DataTable
        caption={t("移交清单（《民法典》第九百四十九条）", "What is handed over (CC 949)")}
        rows={live}
        empty={<p>{t("清单还没有列出。", "Nothing is listed yet.")}</p>}
        columns={[
          { label: t("类别", "Kind"), cell: ({ kind }) => TAKEOVER_WORDS[kind][lang] },
          {
            label: t("移交什么", "What"),
            head: true,
            cell: ({ lineNo, what, amountFen }) =>
              `${lineNo}. ${what}${amountFen === null ? "" : ` ${yuan(amountFen, t)}`}`,
          },
          { label: t("物业一方", "Given by"), cell: ({ givenWords }) => givenWords ?? t("未签", "unsigned") },
          { label: t("业主一方", "Taken by"), cell: ({ takenWords }) => takenWords ?? t("未签", "unsigned") },
        ]}
      />
    </section>
  );
};
