/** The forms by which money of a lease is entered: what came or went, and settling the deposit of one that is over. Markup only. */
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { newOnce } from "../../platform/frame.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import type { AccountRow } from "../bank/store.ts";
import { BANK, depositSettlement, RECEIPT_KINDS } from "./receiving.ts";
import { type ChargeRow, heldFrom, openFrom, type ReceiptRow } from "./store.ts";
import { RECEIPT_KIND_WORDS } from "./words.ts";

/** Where the money came to or went from: accounts at a bank that are recorded, or cash. */
const AccountSelect = ({ c, accounts, value }: { c: AppContext; accounts: readonly AccountRow[]; value: string }) => {
  const { t } = c.var;
  const own = accounts
    .filter(({ book }) => book === "common")
    .map(({ ledgerAccount, bank, numberMasked }) => ({ value: ledgerAccount, label: `${bank} ${numberMasked}` }));
  const banks = own.length > 0 ? own : [{ value: BANK, label: t("业主共有资金专户", "The owners' common account") }];
  return (
    <Select
      name="account"
      label={t("收付款账户", "Account")}
      hint={t("用押金、预收款抵的不经过账户，选哪个都不影响。", "Setting off moves no money: any will do.")}
      value={value}
      options={[...banks, { value: "1001", label: t("库存现金", "Cash") }]}
    />
  );
};

export const ReceiptForm = (props: {
  c: AppContext;
  here: string;
  accounts: readonly AccountRow[];
  errors: readonly FieldError[];
  value: (name: string, otherwise: string) => string;
}) => {
  const { c, here, accounts, errors, value } = props;
  const { t, lang, now, formToken } = c.var;
  return (
    <Form action={`${here}/receipts`} token={formToken} once={newOnce()} files={true}>
      <h2>{t("登记收付", "Enter money")}</h2>
      <p class="hint">
        {t(
          "登记后生成凭证，由另一个人复核。租金先抵最早到期的，多出的记作预收。",
          "It drafts a voucher for another to review. Rent pays the oldest first; what is too much is prepaid.",
        )}
      </p>
      <ErrorSummary t={t} errors={errors} />
      <Select
        name="kind"
        label={t("是什么", "What it is")}
        value={value("kind", "rent")}
        options={RECEIPT_KINDS.map((kind) => ({ value: kind, label: RECEIPT_KIND_WORDS[kind][lang] }))}
      />
      <Field
        name="on"
        label={t("日期", "Day")}
        value={value("on", dayOf(now))}
        error={errorFor(errors, "on")}
        width={11}
      />
      <Field
        name="amount"
        label={t("金额（元）", "Yuan")}
        value={value("amount", "")}
        error={errorFor(errors, "amount")}
        inputmode="decimal"
        width={11}
      />
      <AccountSelect c={c} accounts={accounts} value={value("account", BANK)} />
      <FileField
        name="files"
        label={t("附件：银行回单、收据", "Files: the bank's slip, the receipt")}
        multiple={true}
      />
      <Actions>
        <Button>{t("登记，交复核", "Enter it for review")}</Button>
      </Actions>
    </Form>
  );
};

/** Once a lease is over: what is owed comes off the deposit, the rest goes back. */
export const DepositForm = (props: {
  c: AppContext;
  here: string;
  accounts: readonly AccountRow[];
  charges: readonly ChargeRow[];
  receipts: readonly ReceiptRow[];
}) => {
  const { c, here, accounts, charges, receipts } = props;
  const { t, now, formToken } = c.var;
  const { offsetFen, refundFen } = depositSettlement({ open: openFrom(charges), ...heldFrom(receipts) });
  return (
    <Form action={`${here}/deposit`} token={formToken} once={newOnce()} files={true}>
      <h2>{t("结清押金", "Settle the deposit")}</h2>
      <p>
        {t(
          `抵欠租${formatYuan(offsetFen)}元，退还${formatYuan(refundFen)}元。`,
          `${formatYuan(offsetFen)} yuan come off for rent owed, ${formatYuan(refundFen)} go back.`,
        )}
      </p>
      <p class="hint">
        {t(
          "请先登记完这份租约的其他收付。凭证由另一个人复核。",
          "Enter everything else of the lease first. Another person reviews the vouchers.",
        )}
      </p>
      <Field name="on" label={t("日期", "Day")} value={dayOf(now)} width={11} />
      <AccountSelect c={c} accounts={accounts} value={BANK} />
      <FileField name="files" label={t("附件：退租结清单、回单", "Files: the agreement, the slip")} multiple={true} />
      <Actions>
        <Button look="quiet">{t("结清押金，交复核", "Settle it, for review")}</Button>
      </Actions>
    </Form>
  );
};
