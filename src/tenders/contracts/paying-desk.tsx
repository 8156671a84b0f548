/** A payment's voucher at the desk: what is due by the plan, what a report takes off, and the draft for the ledger. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan, parseYuan, plainYuan } from "../../kernel/money.ts";
import { deskVoucherHref } from "../../ledger/books/addresses.ts";
import { BOOKS, type Book } from "../../ledger/books/rules.ts";
import { accountsFrom, listAccounts } from "../../ledger/books/store.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one, uploadsOf } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Done, problemErrors, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Details } from "../../platform/ui/notices.tsx";
import { sayPeriod } from "../service/shown.tsx";
import { listReports, reportFrom } from "../service/store.ts";
import { type Again, baseOf, contractOf } from "./addressed.ts";
import { readContractNumber } from "./addresses.ts";
import { deskContractCrumbs } from "./form.tsx";
import { nameVoucher, payContract } from "./paying.ts";
import { Payments } from "./paying-shown.tsx";
import { payProblem } from "./problems.ts";
import { dayText } from "./reading.ts";
import { type ContractRow, listPayments, listUnnamedVouchers } from "./store.ts";

/** Mounted at /c/:slug. */
export const payingDeskPages = new Hono<AppEnv>();
const pays = requires("ledger.draft");
const UNNAMED_SHOWN = 20;

async function payPage(c: AppContext, row: ContractRow, again?: Again) {
  const { t, lang, scene, formToken, now } = c.var;
  const asked = again ? one(again.body, "book") : (c.req.query("book") ?? "common");
  const book = (BOOKS.find((value) => value === asked) ?? "common") as Book;
  const [payments, stored, reports, unnamed] = await scene.db.read(
    listPayments(scene, row.contractId),
    listAccounts(scene, book),
    listReports(scene, row.contractId),
    listUnnamedVouchers(scene, book, UNNAMED_SHOWN),
  );
  const accounts = accountsFrom(stored).filter(({ postable }) => postable);
  const open = reports
    .map(reportFrom)
    .filter(
      ({ period, deductFen }) =>
        deductFen > 0 &&
        !payments.some((one) => one.reportPeriod === period && one.state !== "refused" && one.state !== "withdrawn"),
    );
  const first = row.terms.plan.findIndex(
    (_, at) => !payments.some(({ planNo, state }) => planNo === at + 1 && state !== "refused" && state !== "withdrawn"),
  );
  const next = row.terms.plan[Math.max(first, 0)];
  const deduct = open[0]?.deductFen ?? 0;
  const errors = problemErrors(c, again?.problem);
  const at = (name: string, initial = "") => ({
    name,
    value: again ? one(again.body, name) : initial,
    error: errorFor(errors, name),
  });
  const named = (kinds: readonly string[]) =>
    accounts
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ code, name }) => ({ value: code, label: `${code} ${name[lang]}` }));
  const title = t(`付款：${row.title}`, `Payment: ${row.title}`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, row.number)}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "这里填制凭证，凭证写明付的是这份合同的哪一期，再由会计复核、主任审批，和其他凭证一样。",
          "This drafts a voucher that names the contract and the row it pays; review and approval follow as with any other.",
        )}
      </p>
      <Done c={c} words={t("已写明，并写入公开记录", "Said, and in the record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : again?.problem} />
      {open.map(({ period, deductFen }) => (
        <p>
          {t(
            `${sayPeriod(period, lang)}服务评价建议扣${formatYuan(deductFen)}元，还没有凭证扣。`,
            `The report of ${sayPeriod(period, lang)} proposes to keep back ${formatYuan(deductFen)} yuan; no voucher did so yet.`,
          )}
        </p>
      ))}
      <Form action={`${baseOf(c, row)}/pay`} token={formToken} once={newOnce()} files={true} hidden={{ book }}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          {...at("planNo", String(Math.max(first, 0) + 1))}
          label={t("付第几期", "Which payment")}
          options={row.terms.plan.map(({ dueOn, amountFen }, index) => ({
            value: String(index + 1),
            label: `${index + 1}：${dueOn} ${formatYuan(amountFen)}`,
          }))}
        />
        <DateTimeField {...at("on", dayOf(now))} kind="date" label={t("日期", "Day")} />
        <Field
          {...at("amount", next ? plainYuan(Math.max(next.amountFen - deduct, 0)) : "")}
          label={t("实付（元）", "Paid (yuan)")}
          inputmode="decimal"
          width={20}
        />
        <Field
          {...at("deduct", deduct > 0 ? plainYuan(deduct) : "")}
          label={t("扣款（元）", "Kept back (yuan)")}
          optional={t("没有不填", "empty where none")}
          inputmode="decimal"
          width={20}
        />
        <Select
          {...at("reportPeriod", open[0]?.period ?? "")}
          label={t("扣的是哪一期评价", "For which report")}
          prompt={t("没有扣款", "none")}
          options={open.map(({ period }) => ({ value: period, label: sayPeriod(period, lang) }))}
        />
        <Select {...at("cost")} label={t("费用科目", "Cost account")} options={named(["cost", "use"])} />
        <Select {...at("from")} label={t("从哪个科目付", "Paid from")} options={named(["asset", "liability"])} />
        <FileField
          name="papers"
          label={t("发票等附件", "Invoice and papers")}
          multiple={true}
          error={errorFor(errors, "file")}
          optional={t("可不传", "may stay empty")}
        />
        <Actions>
          <Button>{t("填制凭证", "Draft the voucher")}</Button>
        </Actions>
      </Form>
      <Details
        summary={t("已经填过凭证：写明它付的是这份合同", "A voucher is there already: say that it pays this contract")}
        open={again?.at === "name"}
      >
        {unnamed.length === 0 ? (
          <p>
            {t(
              "最近的凭证都已写明合同，或者这本账还没有凭证。",
              "The newest vouchers name a contract already, or the book has none.",
            )}
          </p>
        ) : (
          <Form action={`${baseOf(c, row)}/pay/name`} token={formToken} hidden={{ book }}>
            <Select
              name="voucher"
              label={t("哪张凭证", "Which voucher")}
              value={again?.at === "name" ? one(again.body, "voucher") : undefined}
              options={unnamed.map(({ voucherId, number, period, onDay, text, amountFen }) => ({
                value: voucherId,
                label: `${onDay} ${formatYuan(amountFen)} ${number === null ? t("未记账", "not posted") : `${period}-${number}`} ${text}`,
              }))}
            />
            <Select
              name="line"
              label={t("付的是第几期", "Which payment of the plan")}
              value={again?.at === "name" ? one(again.body, "line") : String(Math.max(first, 0) + 1)}
              options={row.terms.plan.map(({ dueOn, amountFen }, index) => ({
                value: String(index + 1),
                label: `${index + 1}：${dueOn} ${formatYuan(amountFen)}`,
              }))}
            />
            <Actions>
              <Button look="quiet">{t("写明", "Say so")}</Button>
            </Actions>
          </Form>
        )}
      </Details>
      <Payments c={c} row={row} payments={payments} />
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}
payingDeskPages.get("/desk/contracts/:number/pay", pays, async (c) => {
  const row = await contractOf(c);
  return row ? payPage(c, row) : c.notFound();
});
payingDeskPages.post("/desk/contracts/:number/pay", pays, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const yuan = (name: string): number => {
    const read = parseYuan(one(body, name));
    return read.ok ? read.value : one(body, name).trim() === "" ? 0 : -1;
  };
  const period = one(body, "reportPeriod");
  const asked = {
    planNo: readContractNumber(one(body, "planNo")) ?? 0,
    on: dayText(one(body, "on")),
    amountFen: yuan("amount"),
    deductFen: yuan("deduct"),
    reportPeriod: period === "" ? null : period,
    book: (BOOKS.find((value) => value === one(body, "book")) ?? "common") as Book,
    cost: one(body, "cost"),
    from: one(body, "from"),
  };
  const done = await payContract(
    staffScene(c),
    row.contractId,
    asked,
    await uploadsOf(body, "papers"),
    one(body, "_once") || newOnce(),
  );
  if (done.ok) return c.redirect(deskVoucherHref(c.var.scene.community.slug, done.value.voucherId), 303);
  return payPage(c, row, { at: "pay", problem: payProblem(done.error), body });
});
payingDeskPages.post("/desk/contracts/:number/pay/name", pays, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const asked = { voucherId: one(body, "voucher"), planNo: readContractNumber(one(body, "line")) ?? 0 };
  const done = await nameVoucher(staffScene(c), row.contractId, asked);
  if (done.ok) return c.redirect(`${baseOf(c, row)}/pay?done=1`, 303);
  return payPage(c, row, { at: "name", problem: payProblem(done.error), body });
});
