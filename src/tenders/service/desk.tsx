/** The service at the desk: what was inspected, the register of requests, the report of a period. Markup and forms only. */
import { Hono } from "hono";
import { addMonths, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, PostButton } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { type Again, baseOf, contractOf } from "../contracts/addressed.ts";
import { deskRequestsHref, readContractNumber, reportHref } from "../contracts/addresses.ts";
import { CONTRACT_READS } from "../contracts/desk.tsx";
import { deskContractCrumbs } from "../contracts/form.tsx";
import type { ContractRow } from "../contracts/store.ts";
import { serviceProblem } from "./problems.ts";
import { openRatingWords } from "./ratings/actions.ts";
import { listRatingInvitations } from "./ratings/store.ts";
import { publishReport } from "./reports/actions.ts";
import { Requests } from "./requests/shown.tsx";
import { listRequests } from "./requests/store.ts";
import { periodBefore, ratingSpan, servicePeriodOf } from "./rules.ts";
import { periodKindFrom, SERVICE_SETTINGS, windowFrom } from "./settings.ts";
import { Sheets, sayPeriod } from "./shown.tsx";
import { inspectionFrom, listInspections, listRatingWords, listReports, reportFrom } from "./store.ts";
/** Mounted at /c/:slug. */
export const deskServicePages = new Hono<AppEnv>();
const reads = requires(...CONTRACT_READS);
const decides = requires("tender.decide");
const A_PAGE = 20;
const PERIODS_BACK = 4;
const MOST_WORDS = 100;

async function servicePage(c: AppContext, row: ContractRow, again?: Again) {
  const { t, lang, scene, formToken, now, actor } = c.var;
  const { slug } = scene.community;
  const today = dayOf(now);
  const before = readContractNumber(c.req.query("before") ?? "9999999") ?? 9_999_999;
  const [sheets, requests, reports, settings, invited] = await scene.db.read(
    listInspections(scene, row.contractId, { from: addMonths(today, -12).slice(0, 7), to: today.slice(0, 7) }),
    listRequests(scene, row.contractId, { limit: A_PAGE + 1, before }),
    listReports(scene, row.contractId),
    listSettings(scene, SERVICE_SETTINGS),
    listRatingInvitations(scene, 1),
  );
  const values = valuesFromRows(SERVICE_SETTINGS, settings);
  const published = reports.map(reportFrom);
  const window = windowFrom(values);
  const due = [...periodsBack(today, values, row)].filter(
    (period) => !published.some((one) => one.period === period) && ratingSpan(period, window).toOn < today,
  );
  const base = baseOf(c, row);
  const shown = requests.slice(0, A_PAGE);
  const title = t(`服务情况：${row.title}`, `The service: ${row.title}`);
  const keepsRequests = actor.permissions.has("tender.draft") || actor.permissions.has("tender.inspect");
  const may = (permission: "tender.draft" | "tender.decide" | "tender.inspect") => actor.permissions.has(permission);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskContractCrumbs(c, row.number)}
      switchHref={`${base}/service?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the record")} />
      <Refused c={c} problem={again?.problem} />
      <h2>{t("评价报告", "Reports")}</h2>
      {may("tender.decide")
        ? due.map((period) => (
            <PostButton action={`${base}/reports`} token={formToken} hidden={{ period }}>
              {t(`公布${sayPeriod(period, lang)}的报告`, `Publish the report of ${sayPeriod(period, lang)}`)}
            </PostButton>
          ))
        : null}
      <LinkList
        items={published.map(({ period, deductFen }) => ({
          href: reportHref(slug, row.number, period),
          title: sayPeriod(period, lang),
          note:
            deductFen > 0 ? t(`应扣${formatYuan(deductFen)}元`, `${formatYuan(deductFen)} yuan kept back`) : undefined,
        }))}
        empty={
          <p>
            {t(
              "还没有报告。周期结束、评分截止后，由主任或副主任公布。",
              "None yet. The chair or a deputy publishes one when ratings have closed.",
            )}
          </p>
        }
      />
      {invited.map(({ period, households, untilOn }) => (
        <p>
          {t(
            `${sayPeriod(period, lang)}的评分链接发给了${households}户，到${sayDay(untilOn, lang)}截止。`,
            `Links to rate ${sayPeriod(period, lang)} went to ${households} households, until ${sayDay(untilOn, lang)}.`,
          )}
        </p>
      ))}
      {may("tender.decide") ? (
        <p>
          <a href={`${base}/words/${periodBefore(servicePeriodOf(today, periodKindFrom(values)))}`}>
            {t("业主在评分里写的话（不显示是谁）", "What owners wrote, without whose it is")}
          </a>
        </p>
      ) : null}
      {may("tender.inspect") ? (
        <Actions>
          <a href={`${base}/inspect`}>{t("填一张巡查表", "Fill in an inspection sheet")}</a>
        </Actions>
      ) : null}
      <Sheets
        c={c}
        rows={sheets.map(inspectionFrom)}
        links={({ inspectionNo }) => `${base}/inspections/${inspectionNo}`}
      />
      <Requests
        c={c}
        rows={shown}
        {...(keepsRequests ? { links: ({ requestNo }) => `${base}/requests/${requestNo}` } : {})}
      />
      {keepsRequests ? (
        <Actions>
          <a href={`${base}/requests/new`}>{t("登记报事", "Enter a report")}</a>
          <a href={deskRequestsHref(slug)}>{t("等待答复的报事", "Reports that wait for an answer")}</a>
        </Actions>
      ) : null}
      {requests.length > A_PAGE ? (
        <p>
          <a href={`${base}/service?before=${shown.at(-1)!.requestNo}`}>{t("更早的报事", "Earlier requests")}</a>
        </p>
      ) : null}
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}

function* periodsBack(today: string, values: Parameters<typeof periodKindFrom>[0], row: ContractRow) {
  let period = servicePeriodOf(today, periodKindFrom(values));
  for (let back = 0; back < PERIODS_BACK; back += 1) {
    period = periodBefore(period);
    if (servicePeriodOf(row.fromOn, periodKindFrom(values)) > period) return;
    yield period;
  }
}

deskServicePages.get("/desk/contracts/:number/service", reads, async (c) => {
  const row = await contractOf(c);
  return row ? servicePage(c, row) : c.notFound();
});
deskServicePages.post("/desk/contracts/:number/reports", decides, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const done = await publishReport(staffScene(c), row.contractId, one(body, "period"));
  return done.ok
    ? c.redirect(reportHref(c.var.scene.community.slug, row.number, done.value.period), 303)
    : servicePage(c, row, { at: "report", problem: serviceProblem(done.error), body });
});
/** What owners wrote with their ratings, in no order of time: only for those who decide, and without whose it is. */
deskServicePages.get("/desk/contracts/:number/words/:period", decides, async (c) => {
  const { t, lang, scene } = c.var;
  const row = await contractOf(c);
  const period = c.req.param("period");
  if (!row) return c.notFound();
  const [sealed] = await scene.db.read(listRatingWords(scene, row.contractId, period, MOST_WORDS));
  const words = await Promise.all(sealed.map((one) => openRatingWords(scene, one)));
  const title = t(`${sayPeriod(period, lang)}业主写的话`, `What owners wrote in ${sayPeriod(period, lang)}`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, row.number)}>
      <h1>{title}</h1>
      <p class="lead">
        {t("不显示是哪一户，请不要猜，也不要外传。", "Nobody is named; please neither guess nor pass it on.")}
      </p>
      {words.length === 0 ? (
        <p>{t("没有人写。", "Nobody wrote anything.")}</p>
      ) : (
        <ul>
          {words.toSorted().map((text) => (
            <li>{text}</li>
          ))}
        </ul>
      )}
    </Page>,
  );
});
