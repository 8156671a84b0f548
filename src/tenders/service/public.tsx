/** The report of a period, its printed sheet, and a provider's page over time, as everybody reads them. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import {
  contractHref,
  contractsHref,
  ownRequestsHref,
  providerHref,
  readContractNumber,
  reportHref,
  requestsHref,
} from "../contracts/addresses.ts";
import { byContractNumber, contractFrom, findContract, listContractsOf } from "../contracts/store.ts";
import { Requests } from "./requests/shown.tsx";
import { listRequests } from "./requests/store.ts";
import { isServicePeriod, spanOfPeriod } from "./rules.ts";
import { ReportWords, ScoreBars, Sheets, sayPeriod, sayScore } from "./shown.tsx";
import { inspectionFrom, listInspections, listReports, reportFrom, serviceHistory } from "./store.ts";

/** Mounted at /c/:slug. */
export const publicServicePages = new Hono<AppEnv>();
const MOST_CONTRACTS = 50;

async function load(c: AppContext) {
  const { scene } = c.var;
  const number = readContractNumber(c.req.param("number"));
  const period = c.req.param("period") ?? "";
  if (!number || !isServicePeriod(period)) return null;
  const key = byContractNumber(scene, number);
  const span = spanOfPeriod(period);
  const [contracts, reports, sheets] = await scene.db.read(
    findContract(scene, key),
    listReports(scene, key),
    listInspections(scene, key, { from: span.fromOn.slice(0, 7), to: span.toOn.slice(0, 7) }),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  const report = reports.map(reportFrom).find((one) => one.period === period);
  return row?.state === "signed" && report ? { row, report, sheets: sheets.map(inspectionFrom) } : null;
}

publicServicePages.get("/contracts/:number/service/:period", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const found = await load(c);
  if (!found) return c.notFound();
  const { row, report, sheets } = found;
  const title = t(
    `${sayPeriod(report.period, lang)}服务评价：${row.title}`,
    `Service in ${sayPeriod(report.period, lang)}: ${row.title}`,
  );
  const href = reportHref(slug, row.number, report.period);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[
        { href: contractsHref(slug), label: t("服务合同", "Service contracts") },
        { href: contractHref(slug, row.number), label: t(`第${row.number}号`, `No. ${row.number}`) },
      ]}
      switchHref={`${href}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          `${row.providerName}，${sayDay(dayOf(report.publishedAt), lang)}公布。`,
          `${row.providerName}, published ${sayDay(dayOf(report.publishedAt), lang)}.`,
        )}
      </p>
      <ReportWords c={c} figures={report.figures} score={report.score} deductFen={report.deductFen} terms={row.terms} />
      <Sheets c={c} rows={sheets} caption={t("这一期的巡查表", "Inspection sheets of the period")} />
      <p>
        <a href={`/c/${slug}/record/${report.leafHash}`}>{t("公开记录的条目", "Its entry in the record")}</a>
      </p>
      <Actions>
        <ButtonLink href={`${href}/print`} look="quiet">
          {t("打印（A4，带二维码）", "Print (A4, with a code)")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});

publicServicePages.get("/contracts/:number/service/:period/print", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug, name } = scene.community;
  const found = await load(c);
  if (!found) return c.notFound();
  const { row, report } = found;
  const period = sayPeriod(report.period, lang);
  const href = reportHref(slug, row.number, report.period);
  const title = t(`${name}${period}物业服务评价公示`, `Service of ${name} in ${period}`);
  return c.html(
    <Page {...frameOf(c)} title={title} breadcrumb={[{ href, label: period }]}>
      <NoticeSheet
        t={t}
        title={title}
        to={t(`${name}全体业主：`, "To all owners:")}
        lead={
          <p>
            {t(
              `《${row.title}》（${row.providerName}）的服务评价结果公示如下。`,
              `The service under “${row.title}” (${row.providerName}) came out as follows.`,
            )}
          </p>
        }
        sections={[
          {
            heading: t("得分", "The score"),
            body: (
              <ReportWords
                c={c}
                figures={report.figures}
                score={report.score}
                deductFen={report.deductFen}
                terms={row.terms}
              />
            ),
          },
          {
            heading: t("怎样核对", "How to check it"),
            body: (
              <p>
                {t(
                  "扫码可以看到每一张巡查表、报事和答复，以及公开记录里的条目。",
                  "The code leads to every sheet, the requests and the entry in the record.",
                )}
              </p>
            ),
          },
        ]}
        signedBy={[t(`${name}业主委员会`, `Owners' committee of ${name}`)]}
        date={sayDay(dayOf(report.publishedAt), lang)}
        qr={{ text: `${scene.origin}${href}`, label: t("扫码核对", "Scan to check") }}
      />
    </Page>,
  );
});

const REQUESTS_A_PAGE = 20;
/** Everything that was reported, the newest first: how the provider answers is told by all of it. */
publicServicePages.get("/contracts/:number/requests", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const number = readContractNumber(c.req.param("number"));
  const before = readContractNumber(c.req.query("before") ?? "9999999");
  if (!number || !before) return c.notFound();
  const key = byContractNumber(scene, number);
  const [contracts, rows] = await scene.db.read(
    findContract(scene, key),
    listRequests(scene, key, { limit: REQUESTS_A_PAGE + 1, before }),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  if (row?.state !== "signed") return c.notFound();
  const shown = rows.slice(0, REQUESTS_A_PAGE);
  const here = requestsHref(slug, number);
  const title = t(`报事和答复：${row.title}`, `Reports and answers: ${row.title}`);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[
        { href: contractsHref(slug), label: t("服务合同", "Service contracts") },
        { href: contractHref(slug, number), label: t(`第${number}号`, `No. ${number}`) },
      ]}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "业主自己报的只显示类别和楼栋。业主请到专页报修、投诉。",
          "What owners told themselves is shown by kind and building alone. Owners report in their corner.",
        )}{" "}
        <a href={`${ownRequestsHref(slug)}/new`}>{t("向物业报一件事", "Report something")}</a>
      </p>
      <Requests c={c} rows={shown} />
      {rows.length > REQUESTS_A_PAGE ? (
        <p>
          <a href={`${here}?before=${shown.at(-1)!.requestNo}`}>{t("更早的报事", "Earlier reports")}</a>
        </p>
      ) : null}
    </Page>,
  );
});

publicServicePages.get("/providers/:code", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const code = c.req.param("code");
  if (!/^[0-9A-Z]{18}$/.test(code)) return c.notFound();
  const [stored, history] = await scene.db.read(
    listContractsOf(scene, code, MOST_CONTRACTS),
    serviceHistory(scene, code),
  );
  const rows = stored.map(contractFrom);
  const provider = rows[0];
  if (!provider) return c.notFound();
  return c.html(
    <Page
      {...frameOf(c)}
      title={provider.providerName}
      breadcrumb={[{ href: contractsHref(slug), label: t("服务合同", "Service contracts") }]}
      switchHref={`${providerHref(slug, code)}?lang=${t("en", "zh")}`}
    >
      <h1>{provider.providerName}</h1>
      <p class="num">{code}</p>
      <h2>{t("在本小区的评价", "How it served this estate")}</h2>
      {history.length === 0 ? (
        <EmptyState title={t("还没有公布过评价", "No report yet")}>
          {t(
            "每个周期的得分公布后列在这里，下一次选聘时也会显示。",
            "Scores stand here once published, and are shown in the next tender.",
          )}
        </EmptyState>
      ) : (
        <>
          <ScoreBars
            bars={history.map(({ period, title, score }) => ({ label: `${sayPeriod(period, lang)} ${title}`, score }))}
          />
          <DataTable
            caption={t("各期得分", "Scores by period")}
            rows={history}
            columns={[
              {
                label: t("周期", "Period"),
                head: true,
                cell: ({ number, period }) => <a href={reportHref(slug, number, period)}>{sayPeriod(period, lang)}</a>,
              },
              {
                label: t("合同", "Contract"),
                cell: ({ number, title }) => <a href={contractHref(slug, number)}>{title}</a>,
              },
              { label: t("得分", "Score"), number: true, cell: ({ score }) => sayScore(score) },
              {
                label: t("应扣（元）", "Kept back (yuan)"),
                number: true,
                cell: ({ deductFen }) => formatYuan(deductFen),
              },
            ]}
          />
        </>
      )}
      <h2>{t("合同", "Contracts")}</h2>
      <DataTable
        caption={t("合同", "Contracts")}
        quietCaption={true}
        rows={rows}
        columns={[
          {
            label: t("合同", "Contract"),
            head: true,
            cell: ({ number, title }) => (
              <a href={contractHref(slug, number)}>{t(`第${number}号 ${title}`, `No. ${number} ${title}`)}</a>
            ),
          },
          { label: t("期限", "Term"), cell: ({ fromOn, toOn }) => `${sayDay(fromOn, lang)} — ${sayDay(toOn, lang)}` },
        ]}
      />
    </Page>,
  );
});
