/** The reminder of rent as an A4 sheet to be printed and handed over: what is open of one lease, to which account it is paid, on what ground. */
import { Hono } from "hono";
import { type Day, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDay, sayDays } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { type AccountRow, listBankAccounts } from "../bank/store.ts";
import { readCount } from "../books/addresses.ts";
import { openLessee } from "./actions.ts";
import { deskLeaseHref, leaseHref } from "./addresses.ts";
import { leaseCrumbs } from "./desk.tsx";
import { lastAccount, listReceiptsOfNumber } from "./receipts/store.ts";
import { accountFor } from "./receiving.ts";
import { type ChargeRow, findLease, type LeaseRow, leaseFrom, listChargesOfNumber } from "./store.ts";

/** Mounted at /c/:slug, before the page of one lease. */
export const leaseNoticeRoutes = new Hono<AppEnv>();

leaseNoticeRoutes.get("/desk/ledger/leases/:number/notice", requires("ledger.read"), async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  if (!number) return c.notFound();
  const [rows, charges, receipts, accounts] = await scene.db.read(
    findLease(scene, number),
    listChargesOfNumber(scene, number),
    listReceiptsOfNumber(scene, number),
    listBankAccounts(scene),
  );
  const row = rows[0] ? leaseFrom(rows[0]) : null;
  if (row?.state !== "approved") return c.notFound();
  const here = deskLeaseHref(slug, number);
  const open = charges.filter(({ kind, owedFen, pendingFen }) => kind === "rent" && owedFen - pendingFen > 0);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("打印租金缴纳通知", "The reminder of rent in print")}
      breadcrumb={[...leaseCrumbs(c), { href: here, label: t(`租约第${number}号`, `Lease no. ${number}`) }]}
      switchHref={`${here}/notice?lang=${t("en", "zh")}`}
    >
      {open.length === 0 ? (
        <>
          <h1>{t("租金缴纳通知", "Reminder of rent")}</h1>
          <EmptyState title={t("没有未交的租金", "No rent is open")}>
            {t(
              "记账而没有收到的租金会列在通知上。",
              "Rent that is booked and has not come in would stand on the sheet.",
            )}
          </EmptyState>
        </>
      ) : (
        <>
          <div class="screen">
            <Callout>
              <p>
                {t(
                  "用浏览器的“打印”打在A4纸上，盖章后交给承租人。纸上有承租人的姓名，不要张贴。",
                  "Print it on A4, seal it and hand it to the lessee. It names them: do not post it.",
                )}
              </p>
            </Callout>
          </div>
          <RentSheet
            c={c}
            row={row}
            lessee={await openLessee(scene, row)}
            open={open}
            account={payTo(accounts, lastAccount(receipts))}
          />
        </>
      )}
    </Page>,
  );
});

/** The account it is paid to, where there is no doubt: the lease's last, or the only one. */
function payTo(accounts: readonly AccountRow[], last: string | null): AccountRow | null {
  const own = accounts.filter(({ book }) => book === "common");
  const chosen = accountFor(
    "",
    last,
    own.map(({ ledgerAccount }) => ledgerAccount),
  );
  return chosen.ok ? (own.find(({ ledgerAccount }) => ledgerAccount === chosen.value) ?? null) : null;
}

const leftOf = ({ owedFen, pendingFen }: ChargeRow): number => owedFen - pendingFen;

const RentSheet = (props: {
  c: AppContext;
  row: LeaseRow;
  lessee: string;
  open: readonly ChargeRow[];
  account: AccountRow | null;
}) => {
  const { c, row, lessee, open, account } = props;
  const { t, lang, scene, now } = c.var;
  const { name, slug } = scene.community;
  const today: Day = dayOf(now);
  const totalFen = open.reduce((sum, one) => sum + leftOf(one), 0);
  const isLate = open.some(({ dueOn }) => dueOn < today);
  return (
    <NoticeSheet
      t={t}
      title={isLate ? t("租金催缴通知书", "Reminder of rent that is late") : t("租金缴纳通知书", "Notice of rent")}
      number={t(`租约第${row.number}号`, `Lease no. ${row.number}`)}
      to={t(`${lessee}：`, `To ${lessee}:`)}
      lead={
        <p>
          {t(
            `您承租${name}业主共有的${row.assets}（${row.purpose}）。截至${sayDay(today, "zh")}，以下租金尚未收到，合计${formatYuan(totalFen)}元：`,
            `You rent ${row.assets} (${row.purpose}), common property of the owners of ${name}. As of ${sayDay(today, "en")} the following rent has not come in, ${formatYuan(totalFen)} yuan in all:`,
          )}
        </p>
      }
      sections={[
        {
          heading: t("未交的租金", "Rent that is open"),
          body: (
            <DataTable
              caption={t("未交的租金", "Rent that is open")}
              quietCaption
              rows={open}
              columns={[
                {
                  label: t("哪一段", "For the days"),
                  head: true,
                  cell: ({ fromOn, toOn }) => sayDays(fromOn, toOn, lang),
                },
                { label: t("应交日期", "Due"), cell: ({ dueOn }) => sayDay(dueOn, lang) },
                { label: t("应交（元）", "Due (yuan)"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
                { label: t("未交（元）", "Open (yuan)"), number: true, cell: (one) => formatYuan(leftOf(one)) },
              ]}
            />
          ),
        },
        {
          heading: t("怎样交", "How to pay"),
          body: (
            <p>
              {account
                ? t(
                    `请转入${account.holderName}在${account.bank}的账户（尾号${account.numberMasked.slice(-4)}），并注明“租约第${row.number}号”。不要交给个人。`,
                    `To the account of ${account.holderName} at ${account.bank} (ending in ${account.numberMasked.slice(-4)}), naming “lease no. ${row.number}”. Pay no person.`,
                  )
                : t(
                    `请转入合同写明的业主共有资金账户，并注明“租约第${row.number}号”。不要交给个人。`,
                    `To the owners' account named in the contract, naming “lease no. ${row.number}”. Pay no person.`,
                  )}
            </p>
          ),
        },
        {
          heading: t("依据", "Ground"),
          body: (
            <p>
              {t(
                "承租人无正当理由未支付或者迟延支付租金的，出租人可以请求在合理期限内支付；逾期不支付的，可以解除合同（《民法典》第七百二十二条）。如已付款，请出示回单，我们立即核对。",
                "A lessee who does not pay in time without good reason may be asked to within a reasonable time, and after that the contract may be ended (Civil Code art. 722). If you have paid, show the slip and we check at once.",
              )}
            </p>
          ),
        },
      ]}
      signedBy={[t(`${name}业主委员会`, `Owners' committee of ${name}`)]}
      date={sayDay(today, lang)}
      qr={{
        text: `${scene.origin}${leaseHref(slug, row.number)}`,
        label: t("扫码看这份租约的公开页", "Scan for the lease's public page"),
      }}
    />
  );
};
