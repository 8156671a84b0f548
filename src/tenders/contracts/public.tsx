/** Service contracts as everybody reads them: who serves for how much and until when, what was paid, how it changed and how it ends. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { ServiceSection, serviceQueries } from "../service/shown.tsx";
import { contractHref, contractsHref, providerHref, readContractNumber } from "./addresses.ts";
import { Editions } from "./changing-shown.tsx";
import { EndingSection, StandingNote } from "./ending/shown.tsx";
import { endingFrom, listEndings, listTakeoverLines } from "./ending/store.ts";
import { Subcontracts } from "./giving-on/shown.tsx";
import { paperResponse } from "./paper.ts";
import { Payments } from "./paying-shown.tsx";
import { alarmsFrom, CONTRACT_SETTINGS } from "./settings.ts";
import { ContractFacts, ContractStanding, PriceTable, QualityTable } from "./shown.tsx";
import {
  byContractNumber,
  contractFrom,
  countContracts,
  editionFrom,
  findContract,
  listContracts,
  listEditions,
  listPapers,
  listPayments,
  listSubcontracts,
} from "./store.ts";

/** Mounted at /c/:slug. */
export const publicContractPages = new Hono<AppEnv>();
const A_PAGE = 50;

export const contractCrumbs = (c: AppContext) => [
  { href: contractsHref(c.var.scene.community.slug), label: c.var.t("服务合同", "Service contracts") },
];

publicContractPages.get("/contracts", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const page = readContractNumber(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const [stored, totals, settings] = await scene.db.read(
    listContracts(scene, ["signed"], { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countContracts(scene, ["signed"]),
    listSettings(scene, CONTRACT_SETTINGS),
  );
  const alarms = alarmsFrom(valuesFromRows(CONTRACT_SETTINGS, settings));
  const total = totals[0]?.total ?? 0;
  const title = t("物业服务合同", "Service contracts");
  return c.html(
    <Page {...frameOf(c)} title={title} switchHref={`${contractsHref(slug)}?lang=${t("en", "zh")}`}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "谁在为小区服务、做什么、多少钱、到哪天，付了多少、做得怎样，都在这里。",
          "Who serves the estate, doing what, for how much, until when, what was paid and how well it is done.",
        )}
      </p>
      {total === 0 ? (
        <EmptyState title={t("还没有服务合同", "No service contract yet")}>
          {t(
            "合同由两个人起草和签订，签订后列在这里，文本、付款和评价都能查到。",
            "Drafted by one officer and signed by another, a contract then stands here with its paper, payments and reports.",
          )}
        </EmptyState>
      ) : (
        <DataTable
          caption={t(`共${total}份`, `${total} in all`)}
          quietCaption={true}
          rows={stored.map(contractFrom)}
          columns={[
            {
              label: t("合同", "Contract"),
              head: true,
              cell: ({ number, title: name }) => (
                <a href={contractHref(slug, number)}>{t(`第${number}号 ${name}`, `No. ${number} ${name}`)}</a>
              ),
            },
            {
              label: t("物业服务人", "Provider"),
              cell: (row) => <a href={providerHref(slug, row.providerCode)}>{row.providerName}</a>,
            },
            { label: t("期限", "Term"), cell: ({ fromOn, toOn }) => `${sayDay(fromOn, lang)} — ${sayDay(toOn, lang)}` },
            { label: t("总价（元）", "Price (yuan)"), number: true, cell: ({ terms }) => formatYuan(terms.priceFen) },
            { label: t("现在", "Now"), cell: (row) => <ContractStanding c={c} row={row} alarms={alarms} /> },
          ]}
        />
      )}
      <Pager t={t} page={page} pages={Math.ceil(total / A_PAGE)} href={(n) => `${contractsHref(slug)}?page=${n}`} />
    </Page>,
  );
});

publicContractPages.get("/contracts/:number", async (c) => {
  const { t, scene, now } = c.var;
  const { slug } = scene.community;
  const number = readContractNumber(c.req.param("number"));
  if (!number) return c.notFound();
  const key = byContractNumber(scene, number);
  const [contracts, editions, payments, subs, endings, lines, settings, ...service] = await scene.db.read(
    findContract(scene, key),
    listEditions(scene, key),
    listPayments(scene, key),
    listSubcontracts(scene, key),
    listEndings(scene, key),
    listTakeoverLines(scene, key),
    listSettings(scene, CONTRACT_SETTINGS),
    ...serviceQueries(scene, key, dayOf(now)),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  // A draft is nobody's yet.
  if (row?.state !== "signed") return c.notFound();
  const values = valuesFromRows(CONTRACT_SETTINGS, settings);
  const alarms = alarmsFrom(values);
  const title = t(`服务合同第${number}号：${row.title}`, `Service contract no. ${number}: ${row.title}`);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={contractCrumbs(c)}
      switchHref={`${contractHref(slug, number)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p>
        <ContractStanding c={c} row={row} alarms={alarms} />
      </p>
      <StandingNote c={c} row={row} alarms={alarms} />
      <ContractFacts
        c={c}
        row={row}
        clocks={{ writtenDays: values.writtenDays.value, filingDays: values.filingDays.value }}
      />
      <PriceTable c={c} terms={row.terms} />
      <QualityTable c={c} terms={row.terms} />
      <Subcontracts c={c} rows={subs} />
      <Payments c={c} row={row} payments={payments} />
      <ServiceSection c={c} row={row} rows={service} />
      <Editions c={c} row={row} editions={editions.map(editionFrom)} />
      <EndingSection
        c={c}
        row={row}
        ending={endings.map(endingFrom).find(({ state }) => state === "in_force")}
        lines={lines}
        takeoverDays={values.takeoverDays.value}
      />
    </Page>,
  );
});

/** The signed papers: of editions and notices that are in force. */
publicContractPages.get("/contracts/:number/files/:fileId", async (c) => {
  const { scene } = c.var;
  const number = readContractNumber(c.req.param("number"));
  const [papers] = await scene.db.read(listPapers(scene, byContractNumber(scene, number ?? 0)));
  const paper = papers.find(({ fileId, state }) => fileId === c.req.param("fileId") && state === "in_force");
  return (await paperResponse(c, paper)) ?? c.notFound();
});
