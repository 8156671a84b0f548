/** Lines of the bank and postings of the book, as matching and the reconciliation sheet list them. Markup only. */
import { formatYuan } from "../../../kernel/money.ts";
import type { AppContext } from "../../../platform/context.ts";
import { sayDay } from "../../../platform/ui/moments.ts";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { voucherHref } from "../../books/addresses.ts";
import { voucherWords } from "../../books/words.ts";
import type { AccountRow, LineRow } from "../store.ts";
import type { OpenPostingRow } from "./store.ts";

export const Lines = ({
  c,
  rows,
  said,
}: {
  c: AppContext;
  rows: readonly LineRow[];
  said: (line: LineRow) => string;
}) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("流水", "Lines")}
      quietCaption={true}
      rows={rows}
      columns={[
        { label: t("日期", "Day"), cell: ({ onDay }) => sayDay(onDay, lang) },
        { label: t("对方、摘要", "Counterparty, text"), head: true, cell: (line) => said(line) || "—" },
        { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
      ]}
    />
  );
};

export const Postings = ({
  c,
  account,
  rows,
}: {
  c: AppContext;
  account: AccountRow;
  rows: readonly OpenPostingRow[];
}) => {
  const { t, lang, scene } = c.var;
  return (
    <DataTable
      caption={t("记账", "Postings")}
      quietCaption={true}
      rows={rows}
      columns={[
        {
          label: t("凭证", "Voucher"),
          cell: ({ period, number }) => (
            <a href={voucherHref(scene.community.slug, { book: account.book, period, number })}>
              {voucherWords({ period, number })[lang]}
            </a>
          ),
        },
        { label: t("日期", "Day"), cell: ({ onDay }) => sayDay(onDay, lang) },
        { label: t("摘要", "What for"), head: true, cell: ({ text }) => text },
        { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
      ]}
    />
  );
};
