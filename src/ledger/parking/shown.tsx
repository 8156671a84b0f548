/** Permits as the desk shows them, plates masked. Markup only. */
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { sayDays } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { deskCrumbs } from "../books/desk.tsx";
import { deskParkingHref, deskPermitHref } from "./addresses.ts";
import type { PermitRow } from "./store.ts";

export const parkingCrumbs = (c: AppContext) => [
  ...deskCrumbs(c),
  { href: deskParkingHref(c.var.scene.community.slug), label: c.var.t("停车", "Parking") },
];

/** Whether a permit runs today, is to come, is over, or was ended before its time. */
export const PermitStanding = ({ c, row }: { c: AppContext; row: PermitRow }) => {
  const { t, now } = c.var;
  const today = dayOf(now);
  if (row.lastOn !== null)
    return <StatusWord tone="off">{t(`提前到${row.lastOn}终止`, `ended on ${row.lastOn}`)}</StatusWord>;
  if (row.toOn < today) return <StatusWord tone="off">{t("已到期", "over")}</StatusWord>;
  if (row.fromOn > today) return <StatusWord tone="waiting">{t("尚未开始", "not begun")}</StatusWord>;
  return <StatusWord tone="good">{t("有效", "runs")}</StatusWord>;
};

export const PermitTable = ({ c, rows }: { c: AppContext; rows: readonly PermitRow[] }) => {
  const { t, lang, scene } = c.var;
  return (
    <DataTable
      caption={t("月租证", "Permits")}
      quietCaption={true}
      rows={rows}
      empty={
        <EmptyState title={t("没有月租证", "No permit")}>
          {t(
            "先定月租价目，再办月租证。车牌加密保存，页面只显示一部分。",
            "Set the tariff first. Plates are sealed and shown masked.",
          )}
        </EmptyState>
      }
      columns={[
        {
          label: t("号", "No."),
          cell: ({ number }) => (
            <a href={deskPermitHref(scene.community.slug, number)}>{t(`第${number}号`, `No. ${number}`)}</a>
          ),
        },
        { label: t("车牌", "Plate"), head: true, cell: ({ plateShown }) => plateShown },
        { label: t("车位", "Space"), cell: ({ assetCode }) => assetCode ?? t("不固定", "any") },
        { label: t("有效期", "Valid"), cell: ({ fromOn, toOn }) => sayDays(fromOn, toOn, lang) },
        { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
        { label: t("付款日", "Paid"), cell: ({ paidOn }) => paidOn },
        { label: t("现在", "Now"), cell: (row) => <PermitStanding c={c} row={row} /> },
      ]}
    />
  );
};
