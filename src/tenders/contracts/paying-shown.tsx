/** The plan of a contract against what the books paid: bars, lines and vouchers. Markup only. */
import { dayOf } from "../../kernel/day.ts";
import { type Fen, formatYuan } from "../../kernel/money.ts";
import { voucherHref } from "../../ledger/books/addresses.ts";
import { VOUCHER_STATE_WORDS, voucherWords } from "../../ledger/books/words.ts";
import type { AppContext } from "../../platform/context.ts";
import { DrawnBar } from "../../platform/ui/charts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { BAR_UNITS } from "../../platform/ui/shares.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { type PlanRow, planAgainstPaid } from "./rules.ts";
import type { ContractRow, PaymentRow } from "./store.ts";
import { PLAN_WORDS } from "./words.ts";

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
          <DrawnBar bar={width(paidFen + deductedFen, amountFen)} />
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
