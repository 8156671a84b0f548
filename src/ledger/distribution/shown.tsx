/** A distribution as public and desk pages both show it: the figures, and how far the fund's part has come. Markup only. */
import { formatArea } from "../../kernel/area.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { voucherHref } from "../books/addresses.ts";
import { monthWords } from "../books/words.ts";
import { fundHref } from "../fund/addresses.ts";
import { MoneyBars } from "../leases/bars.tsx";
import { isStanding, type Plan } from "./rules.ts";
import type { DistributionRow, FundRole, FundVoucher } from "./store.ts";

/** The fund's voucher of a role that stands; none while there is none, or it was sent back. */
export const standingOf = (fundSide: readonly FundVoucher[], role: FundRole): FundVoucher | undefined =>
  fundSide.find((one) => one.role === role && isStanding(one));

/** How far the fund's part has come: credited to the units, then moved from account to account. */
const FundSide = ({ c, fundSide }: { c: AppContext; fundSide: readonly FundVoucher[] }) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const topUp = standingOf(fundSide, "top_up");
  const paidIn = standingOf(fundSide, "paid_in");
  const isMoved = paidIn?.state === "posted" && standingOf(fundSide, "paid_out")?.state === "posted";
  return (
    <FactList>
      <Fact label={t("记入各户维修资金", "Credited to the units")}>
        {topUp?.state === "posted" && topUp.number !== null ? (
          <>
            <StatusWord tone="good">{t("已按面积记入每户分户账", "each unit's part stands in its account")}</StatusWord>{" "}
            <a href={voucherHref(slug, { book: "fund", period: topUp.period, number: topUp.number })}>
              {t("维修资金账簿的凭证", "the voucher of the fund's book")}
            </a>{" "}
            <a href={fundHref(slug)}>{t("维修资金", "the fund")}</a>
          </>
        ) : topUp ? (
          <StatusWord tone="waiting">{t("凭证待复核", "its voucher is to be reviewed")}</StatusWord>
        ) : (
          <StatusWord tone="waiting">{t("还没有记入", "not entered yet")}</StatusWord>
        )}
      </Fact>
      <Fact label={t("划转到维修资金专户", "Moved to the fund's account")}>
        {isMoved ? (
          <StatusWord tone="good">
            {t(`${sayDay(paidIn.onDay, lang)}划转`, `moved on ${sayDay(paidIn.onDay, lang)}`)}
          </StatusWord>
        ) : paidIn ? (
          <StatusWord tone="waiting">{t("凭证待复核", "its vouchers are to be reviewed")}</StatusWord>
        ) : (
          <StatusWord tone="waiting">
            {t("还没有划转，记为应付维修资金", "not yet: it stays owed to the fund")}
          </StatusWord>
        )}
      </Fact>
    </FactList>
  );
};

/** What became of it, to the fen, and how the owners' part is shared. */
export const Figures = ({
  c,
  row,
  fundSide,
}: {
  c: AppContext;
  row: DistributionRow;
  fundSide: readonly FundVoucher[];
}) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const plan = JSON.parse(row.plan) as Plan;
  const left = row.netFen - row.toFundFen - row.usesFen - row.toOwnersFen;
  return (
    <>
      <MoneyBars
        t={t}
        bars={[
          { label: t("可用的净收益", "Net revenue there was"), fen: row.netFen },
          { label: t("补充专项维修资金", "To the maintenance fund"), fen: row.toFundFen },
          { label: t("其他使用", "Other uses"), fen: row.usesFen },
          { label: t("向业主分配", "To the owners"), fen: row.toOwnersFen },
          { label: t("留在账上", "Stays in the account"), fen: left },
        ].filter(({ fen }) => fen > 0)}
      />
      <DataTable
        caption={t("用在哪里（元）", "Where it went, in yuan")}
        rows={[
          {
            what: t("可用的净收益", "Net revenue there was"),
            fen: row.netFen,
            why: t(`截至${monthWords(row.throughPeriod).zh}结账`, `closed through ${monthWords(row.throughPeriod).en}`),
          },
          {
            what: t("补充专项维修资金", "To the maintenance fund"),
            fen: row.toFundFen,
            why: t("《物业管理条例》第五十四条", "Regulations art. 54"),
          },
          ...plan.uses.map((use) => ({ what: use.what, fen: use.amountFen, why: use.decision })),
          { what: t("向业主分配", "To the owners"), fen: row.toOwnersFen, why: plan.ownersDecision || "—" },
          { what: t("留在账上", "Stays in the account"), fen: left, why: "—" },
        ]}
        columns={[
          { label: t("项目", "What"), head: true, cell: ({ what }) => what },
          { label: t("金额", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
          { label: t("依据", "Ground"), cell: ({ why }) => why },
        ]}
      />
      {row.toFundFen > 0 ? <FundSide c={c} fundSide={fundSide} /> : null}
      {row.toOwnersFen > 0 ? (
        <FactList>
          <Fact label={t("怎么分", "How it is shared")}>
            {t(
              `按${sayDay(row.asOf, lang)}名册上${row.units}套房屋的专有部分面积，共${formatArea(row.areaDm2)}㎡；每户 = 分配总额 × 本户面积 ÷ 总面积，算到分，余下的几分给小数最大的几户，合计一分不差。`,
              `By the area of ${row.units} units on the roll of ${sayDay(row.asOf, lang)}, ${formatArea(row.areaDm2)} m² in all: total × own area ÷ all area, to the fen; the fen left over go to the largest remainders, and the sum is exact.`,
            )}
          </Fact>
          <Fact label={t("依据", "Ground")}>
            {t("《民法典》第二百八十二条、第二百八十三条", "Civil Code arts. 282 and 283")}
          </Fact>
          <Fact label={t("已发放", "Paid")}>
            {t(
              `${row.paidUnits}套，${formatYuan(row.paidFen)}元；未领的${formatYuan(row.toOwnersFen - row.paidFen)}元一直记为应付业主`,
              `${row.paidUnits} units, ${formatYuan(row.paidFen)} yuan; the ${formatYuan(row.toOwnersFen - row.paidFen)} not claimed stay owed to the owners`,
            )}
          </Fact>
          <Fact label={t("份额表校验值", "Hash of the shares")}>
            <code>{row.sharesHash.slice(0, 16)}…</code>
          </Fact>
        </FactList>
      ) : null}
      <p>
        {row.voucherNumber === null ? null : (
          <a href={voucherHref(slug, { book: "common", period: row.voucherPeriod, number: row.voucherNumber })}>
            {t("入账的凭证", "Its voucher")}
          </a>
        )}{" "}
        <a href={`/c/${slug}/record/${row.leafHash}`}>{t("公开记录", "Public record")}</a>
      </p>
    </>
  );
};
