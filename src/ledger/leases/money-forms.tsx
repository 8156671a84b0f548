/** The forms by which money of a lease is entered: what came or went, and settling the deposit of one that is over. Markup only. */
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { newOnce } from "../../platform/frame.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import type { AccountRow } from "../bank/store.ts";
import { heldFrom, lastAccount, type ReceiptRow } from "./receipts/store.ts";
import { accountFor, BANK, CASH, endSettlement, RECEIPT_KINDS } from "./receiving.ts";
import { type ChargeRow, openFrom } from "./store.ts";
import { RECEIPT_KIND_WORDS } from "./words.ts";

/** Where the money came to or went from: accounts at a bank that are recorded, or cash. Of several none is taken silently. */
const AccountSelect = ({
  c,
  accounts,
  receipts,
  value,
  error,
}: {
  c: AppContext;
  accounts: readonly AccountRow[];
  receipts: readonly ReceiptRow[];
  value: string;
  error?: string | undefined;
}) => {
  const { t } = c.var;
  const own = accounts.filter(({ book }) => book === "common");
  const named = own.map(({ ledgerAccount, bank, numberMasked }) => ({
    value: ledgerAccount,
    label: `${bank} ${numberMasked}`,
  }));
  const banks =
    named.length > 0 ? named : [{ value: BANK, label: t("业主共有资金专户", "The owners' common account") }];
  const offered = accountFor(
    value,
    lastAccount(receipts),
    own.map(({ ledgerAccount }) => ledgerAccount),
  );
  return (
    <Select
      name="account"
      label={t("收付款账户", "Account")}
      hint={t(
        "下次默认用这份租约上次的账户。用押金、预收款抵的不经过账户，不用选。",
        "The lease's last account is offered next time. Setting off moves no money: choose none.",
      )}
      value={offered.ok ? offered.value : value}
      error={error}
      options={[
        ...(offered.ok ? [] : [{ value: "", label: t("请选择", "Choose") }]),
        ...banks,
        { value: CASH, label: t("库存现金", "Cash") },
      ]}
    />
  );
};

export const ReceiptForm = (props: {
  c: AppContext;
  here: string;
  accounts: readonly AccountRow[];
  receipts: readonly ReceiptRow[];
  errors: readonly FieldError[];
  value: (name: string, otherwise: string) => string;
}) => {
  const { c, here, accounts, receipts, errors, value } = props;
  const { t, lang, now, formToken } = c.var;
  return (
    <Form action={`${here}/receipts`} token={formToken} once={newOnce()} files={true}>
      <h2>{t("登记收付", "Enter money")}</h2>
      <p class="hint">
        {t(
          "登记后生成凭证，由另一个人复核。租金先抵最早到期的，多出的记作预收：以后到期的租金自动用它抵，也可以退还。",
          "It drafts a voucher for another to review. Rent pays the oldest first; what is too much is prepaid, pays what falls due later, and can be given back.",
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
      <AccountSelect
        c={c}
        accounts={accounts}
        receipts={receipts}
        value={value("account", "")}
        error={errorFor(errors, "account")}
      />
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

/** Once a lease is over: what was prepaid and the deposit pay what is owed, the rest goes back. */
export const SettleForm = (props: {
  c: AppContext;
  here: string;
  accounts: readonly AccountRow[];
  charges: readonly ChargeRow[];
  receipts: readonly ReceiptRow[];
}) => {
  const { c, here, accounts, charges, receipts } = props;
  const { t, lang, now, formToken } = c.var;
  const steps = endSettlement({ open: openFrom(charges), ...heldFrom(receipts) });
  if (steps.length === 0) return null;
  return (
    <Form action={`${here}/deposit`} token={formToken} once={newOnce()} files={true}>
      <h2>{t("结清押金和预收款", "Settle what is held")}</h2>
      <ul>
        {steps.map(({ kind, amountFen }) => (
          <li>
            {t(
              `${RECEIPT_KIND_WORDS[kind][lang]}${formatYuan(amountFen)}元`,
              `${RECEIPT_KIND_WORDS[kind][lang]}: ${formatYuan(amountFen)} yuan`,
            )}
          </li>
        ))}
      </ul>
      <p class="hint">
        {t(
          "请先登记完这份租约的其他收付。凭证由另一个人复核。",
          "Enter everything else of the lease first. Another person reviews the vouchers.",
        )}
      </p>
      <Field name="on" label={t("日期", "Day")} value={dayOf(now)} width={11} />
      <AccountSelect c={c} accounts={accounts} receipts={receipts} value="" />
      <FileField name="files" label={t("附件：退租结清单、回单", "Files: the agreement, the slip")} multiple={true} />
      <Actions>
        <Button look="quiet">{t("结清，交复核", "Settle it, for review")}</Button>
      </Actions>
    </Form>
  );
};
