/** A voucher as everybody reads it: its lines, its hands, its files, what it took back. Markup only. */
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { voucherHref } from "./addresses.ts";
import { BOOK_WORDS } from "./chart.ts";
import type { Account } from "./rules.ts";
import type { VoucherRow } from "./store.ts";
import { VOUCHER_KIND_WORDS, voucherWords } from "./words.ts";

export const nameOf = (accounts: readonly Account[], book: string, code: string, lang: "zh" | "en"): string => {
  const account = accounts.find((one) => one.book === book && one.code === code);
  return account ? account.name[lang] : code;
};

/** The lines, debit and credit apart, each with its account. */
export const LinesTable = ({ c, row, accounts }: { c: AppContext; row: VoucherRow; accounts: readonly Account[] }) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("分录", "Lines")}
      rows={[...row.lines]}
      columns={[
        {
          label: t("科目", "Account"),
          head: true,
          cell: ({ account }) => `${account} ${nameOf(accounts, row.book, account, lang)}`,
        },
        {
          label: t("借方（元）", "Debit"),
          number: true,
          cell: ({ side, amountFen }) => (side === "debit" ? formatYuan(amountFen) : ""),
        },
        {
          label: t("贷方（元）", "Credit"),
          number: true,
          cell: ({ side, amountFen }) => (side === "credit" ? formatYuan(amountFen) : ""),
        },
      ]}
    />
  );
};

/** What stands around the lines. `related` are the vouchers it takes back, or that took it back. */
export const VoucherFacts = (props: {
  c: AppContext;
  row: VoucherRow;
  related: { readonly reverses: VoucherRow | null; readonly reversedBy: VoucherRow | null };
  /** In full, for officers; as shown to everybody otherwise. */
  counterparty: string;
  withFiles: boolean;
}) => {
  const { c, row, related } = props;
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const link = (other: VoucherRow) =>
    other.number === null ? (
      t("尚未过账", "not posted")
    ) : (
      <a href={voucherHref(slug, { book: other.book, period: other.period, number: other.number })}>
        {voucherWords({ period: other.period, number: other.number })[lang]}
      </a>
    );
  return (
    <FactList>
      <Fact label={t("账簿", "Book")}>{BOOK_WORDS[row.book][lang]}</Fact>
      <Fact label={t("种类", "Kind")}>{VOUCHER_KIND_WORDS[row.kind][lang]}</Fact>
      <Fact label={t("日期", "Day")}>{sayDay(row.onDay, lang)}</Fact>
      <Fact label={t("摘要", "What for")}>{row.text}</Fact>
      <Fact label={t("金额", "Amount")}>
        {t(`${formatYuan(row.amountFen)}元`, `${formatYuan(row.amountFen)} yuan`)}
      </Fact>
      <Fact label={t("对方", "Counterparty")}>{props.counterparty || "—"}</Fact>
      {row.decision ? <Fact label={t("业主大会决定", "Owners' decision")}>{row.decision}</Fact> : null}
      {related.reverses ? <Fact label={t("冲销的是", "Takes back")}>{link(related.reverses)}</Fact> : null}
      {related.reversedBy ? <Fact label={t("已被冲销", "Taken back by")}>{link(related.reversedBy)}</Fact> : null}
      <Fact label={t("附件", "Files")}>
        {row.attachments.length === 0 ? (
          t("无", "none")
        ) : (
          <ul>
            {row.attachments.map(({ fileId, name, sha256 }) => (
              <li>
                {props.withFiles ? <a href={`/c/${slug}/desk/ledger/files/${fileId}`}>{name}</a> : name}
                <br />
                <small class="hint">{t(`校验值 ${sha256.slice(0, 16)}…`, `hash ${sha256.slice(0, 16)}…`)}</small>
              </li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact label={t("经手", "Hands")}>
        {t(`填制 ${sayInstant(row.draftedAt, lang)}`, `drafted ${sayInstant(row.draftedAt, lang)}`)}
        {row.reviewedAt === null
          ? ""
          : t(`；复核 ${sayInstant(row.reviewedAt, lang)}`, `; reviewed ${sayInstant(row.reviewedAt, lang)}`)}
        {row.approvedAt === null
          ? ""
          : t(`；审批 ${sayInstant(row.approvedAt, lang)}`, `; approved ${sayInstant(row.approvedAt, lang)}`)}
      </Fact>
      {row.leafHash ? (
        <Fact label={t("公开记录", "Public record")}>
          <a href={`/c/${slug}/record/${row.leafHash}`}>{t("查看这张凭证的条目和证明", "Its entry and proof")}</a>
        </Fact>
      ) : null}
    </FactList>
  );
};
