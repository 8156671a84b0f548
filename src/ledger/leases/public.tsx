/** Leases as everybody reads them: what is let to whom for how much, on whose decision, what fell due and which voucher booked it. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDays } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { accountsHref, readCount } from "../books/addresses.ts";
import { leaseHref, leasesHref } from "./addresses.ts";
import { LEASE_SETTINGS } from "./settings.ts";
import { AgeBars, LeaseFacts, LeaseStanding, rentOn, ScheduleTable, shownLessee } from "./shown.tsx";
import { countLeases, findLease, leaseFrom, listChargesOfNumber, listLeases, listOwedDays } from "./store.ts";

/** Mounted at /c/:slug. */
export const publicLeaseRoutes = new Hono<AppEnv>();
const A_PAGE = 50;

const crumbs = (c: AppContext) => [
  { href: accountsHref(c.var.scene.community.slug), label: c.var.t("公开账目", "Public accounts") },
];

publicLeaseRoutes.get("/accounts/leases", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const page = readCount(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const today = dayOf(now);
  const [stored, totals, open, settings] = await scene.db.read(
    listLeases(scene, ["approved"], { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countLeases(scene, ["approved"]),
    listOwedDays(scene),
    listSettings(scene, LEASE_SETTINGS),
  );
  const named = valuesFromRows(LEASE_SETTINGS, settings).lesseesNamed.value;
  const total = totals[0]?.total ?? 0;
  const title = t("租约登记册", "Register of leases");
  return c.html(
    <Page {...frameOf(c)} title={title} breadcrumb={crumbs(c)} switchHref={`${leasesHref(slug)}?lang=${t("en", "zh")}`}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "共有部分租给了谁、租多久、租金多少、凭业主大会哪一项决定，都在这里。个人承租的，只显示姓。",
          "What common parts are let, to whom, how long, for how much and on which decision of the owners. A person is shown masked.",
        )}
      </p>
      {total === 0 ? (
        <EmptyState title={t("还没有租约", "No lease yet")}>
          {t(
            "租约经另一人审批生效后列在这里，每一期租金都能点到凭证。",
            "Once approved, leases stand here, each rent with its voucher.",
          )}
        </EmptyState>
      ) : (
        <DataTable
          caption={t(`共${total}份`, `${total} in all`)}
          quietCaption={true}
          rows={stored.map(leaseFrom)}
          columns={[
            {
              label: t("租约", "Lease"),
              head: true,
              cell: ({ number, purpose }) => (
                <a href={leaseHref(slug, number)}>{t(`第${number}号 ${purpose}`, `No. ${number} ${purpose}`)}</a>
              ),
            },
            { label: t("出租的是", "What is let"), cell: ({ assets }) => assets },
            { label: t("承租人", "Lessee"), cell: (row) => shownLessee(row, named, lang) },
            {
              label: t("租期", "Term"),
              cell: ({ fromOn, untilOn }) => sayDays(fromOn, untilOn, lang),
            },
            {
              label: t("月租金（元）", "A month (yuan)"),
              number: true,
              cell: (row) => formatYuan(rentOn(row, today)),
            },
            { label: t("现在", "Now"), cell: (row) => <LeaseStanding c={c} row={row} today={today} /> },
          ]}
        />
      )}
      <Pager t={t} page={page} pages={Math.ceil(total / A_PAGE)} href={(n) => `${leasesHref(slug)}?page=${n}`} />
      {open.length > 0 ? (
        <>
          <h2>{t("没有收到的租金", "Rent that has not come in")}</h2>
          <p>{t("已经到期、已经记账、还没有收到的，按逾期多久分开。", "Due and booked, by how late it is.")}</p>
          <AgeBars c={c} days={open} today={today} />
        </>
      ) : null}
    </Page>,
  );
});

publicLeaseRoutes.get("/accounts/leases/:number", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  if (!number) return c.notFound();
  const [rows, charges, settings] = await scene.db.read(
    findLease(scene, number),
    listChargesOfNumber(scene, number),
    listSettings(scene, LEASE_SETTINGS),
  );
  const row = rows[0] ? leaseFrom(rows[0]) : null;
  // A draft is nobody's yet.
  if (row?.state !== "approved") return c.notFound();
  const today = dayOf(now);
  const named = valuesFromRows(LEASE_SETTINGS, settings).lesseesNamed.value;
  const title = t(`租约第${number}号`, `Lease no. ${number}`);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[...crumbs(c), { href: leasesHref(slug), label: t("租约登记册", "Register of leases") }]}
      switchHref={`${leaseHref(slug, number)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p>
        <LeaseStanding c={c} row={row} today={today} />
      </p>
      <LeaseFacts c={c} row={row} lessee={shownLessee(row, named, lang)} today={today} desk={false} />
      <ScheduleTable c={c} row={row} charges={charges} today={today} />
    </Page>,
  );
});
