/** Filings and the legal person for everyone: what was filed and what is due, in whose name the account is, who keeps the seals. Shows; changes nothing. */
import { Hono } from "hono";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import { findLatestMandate } from "../../elections/store.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { sql } from "../../platform/db.ts";
import { Page } from "../../platform/layout.tsx";
import { committeeHref } from "../addresses.ts";
import { entityQueries, entityViewOf } from "../entity/reading.ts";
import { EntityFacts, DutyTable as ReportTable, SealTable } from "../entity/shown.tsx";
import { dutiesOf } from "../filing/actions.ts";
import { DutyTable, FilingClock, FilingTable } from "../filing/shown.tsx";
import { listFilings } from "../filing/store.ts";
import { PRACTICE } from "../practice/rules.ts";
import { listSeats } from "../seated/store.ts";

export const committeeStandingPages = new Hono<AppEnv>();

const crumbs = (c: AppContext) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return [
    { href: `/c/${slug}`, label: t("首页", "Home") },
    { href: committeeHref(slug), label: t("业主委员会", "Committee") },
  ];
};

committeeStandingPages.get("/committee/filings", async (c) => {
  const { t, scene } = c.var;
  const { now, community } = scene;
  const newest = sql`(SELECT mandate_id FROM mandate WHERE community_id = ${community.id} AND from_at <= CAST(${now} AS INTEGER)
    ORDER BY from_at DESC, number DESC LIMIT 1)`;
  const [openNow, mandates, seats, settings, filings] = await scene.db.read(
    listOpenNow(scene),
    findLatestMandate(scene, now),
    listSeats(scene, now),
    listSettings(scene, PRACTICE),
    listFilings(scene, newest),
  );
  const duties = dutiesOf(mandates[0] ?? null, seats, filings, valuesFromRows(PRACTICE, settings), now);
  return c.html(
    <Page {...publicFrame(c, openNow)} title={t("业委会备案", "Filings")} breadcrumb={crumbs(c)}>
      <h1>{t("业委会备案", "Filings of the committee")}</h1>
      <p class="lead">
        {t(
          "业主委员会选举产生或成员变更以后，要向区县主管部门和街道备案（《物业管理条例》第十六条）。逾期没有备案的，这里写明。",
          "After an election or a change of members the committee is filed with the district authority and the street (Property Management Regulations art. 16). What is overdue is said here.",
        )}
      </p>
      <FilingClock c={c} duties={duties} />
      <DutyTable c={c} duties={duties} />
      <FilingTable c={c} filings={filings} />
    </Page>,
  );
});

committeeStandingPages.get("/committee/legal-person", async (c) => {
  const { t, scene } = c.var;
  const [openNow, versions, reports, seals, holders] = await scene.db.read(listOpenNow(scene), ...entityQueries(scene));
  const view = await entityViewOf(scene, versions, reports, seals, holders);
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("法人、账户和印章", "Legal person, account, seals")}
      breadcrumb={crumbs(c)}
    >
      <h1>{t("法人、账户和印章", "Legal person, account and seals")}</h1>
      <p class="lead">
        {t(
          "业主共有的钱只能存在业主大会或业主委员会名下的账户。账号不公开。",
          "Common money is kept only in the name of the owners' assembly or the committee. The account number is not public.",
        )}
      </p>
      <EntityFacts c={c} row={view.latest} keepers={view.keepers} />
      <h2>{t("年度报告和变更登记", "Reports and changes")}</h2>
      <ReportTable c={c} duties={view.duties} />
      <h2>{t("印章", "Seals")}</h2>
      <SealTable c={c} seals={view.seals} keepers={view.keepers} />
    </Page>,
  );
});
