/** Expected against booked, month by month, for everybody; and the desk's form that says why a figure differs. */
import { Hono } from "hono";
import { addMonths, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { fieldErrors } from "../assets/desk.tsx";
import { OccupancyBars } from "../assets/shown.tsx";
import { accountsHref, bookHref, deskLedgerHref, readPeriod } from "../books/addresses.ts";
import { CHARTS } from "../books/chart.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { nextPeriod, type Period, periodOf } from "../books/rules.ts";
import { leaseHref } from "../leases/addresses.ts";
import { MoneyBars } from "../leases/bars.tsx";
import { parkingHref } from "../parking/addresses.ts";
import { compareMonth, explainGap, type MonthCompared } from "./actions.ts";
import { expectedProblem } from "./problems.ts";
import { type Comparison, LONGEST_REASON, type Source } from "./rules.ts";

/** Mounted at /c/:slug. */
export const expectedRoutes = new Hono<AppEnv>();
export const expectedHref = (slug: string, period: Period): string => `${accountsHref(slug)}/expected/${period}`;
const deskExpectedHref = (slug: string, period: Period): string => `${deskLedgerHref(slug)}/expected/${period}`;

const nameOf = (account: string, lang: "zh" | "en"): string =>
  CHARTS.common.find(({ code }) => code === account)?.name[lang] ?? account;
const before = (period: Period): Period => periodOf(addMonths(`${period}-01`, -1));

const SourceLink = ({ c, source }: { c: AppContext; source: Source }) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const { what, fen } = source;
  const amount = t(`${formatYuan(fen)}元`, `${formatYuan(fen)} yuan`);
  if (what.kind === "lease")
    return (
      <li>
        <a href={leaseHref(slug, what.number)}>{t(`租约第${what.number}号`, `lease no. ${what.number}`)}</a> {amount}
      </li>
    );
  return (
    <li>
      <a href={parkingHref(slug)}>
        {what.kind === "permits"
          ? t(`月租证${what.entries}张`, `${what.entries} permits`)
          : t(`临停${what.entries}次`, `${what.entries} visits`)}
      </a>{" "}
      {amount}
    </li>
  );
};

const Table = ({ c, period, rows }: { c: AppContext; period: Period; rows: readonly Comparison[] }) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  return (
    <DataTable
      caption={t("应收与账上（元）", "Expected and booked, in yuan")}
      rows={rows}
      empty={
        <EmptyState title={t("这个月没有应收的，账上也没有", "Nothing was expected, and nothing is booked")}>
          {t("有了租约和停车收入，这里会逐项比较。", "Once there are leases and parking, each is compared here.")}
        </EmptyState>
      }
      columns={[
        { label: t("来源", "From"), head: true, cell: ({ account }) => nameOf(account, lang) },
        {
          label: t("应收", "Expected"),
          number: true,
          cell: ({ expectedFen }) => formatYuan(expectedFen),
        },
        {
          label: t("账上", "Booked"),
          number: true,
          cell: ({ account, bookedFen }) => (
            <a href={`${bookHref(slug, "common", period)}/of/${account}`}>{formatYuan(bookedFen)}</a>
          ),
        },
        // What the bank took in is not told by account yet.
        { label: t("银行", "Bank"), number: true, cell: () => "—" },
        { label: t("相差", "Apart"), number: true, cell: ({ gapFen }) => formatYuan(gapFen) },
        {
          label: t("说明", "Why"),
          cell: ({ standing, reason }) =>
            standing === "agrees" ? (
              <StatusWord tone="good">{t("一致", "agrees")}</StatusWord>
            ) : standing === "explained" ? (
              reason
            ) : (
              <StatusWord tone="bad">{t("没有说明", "unexplained")}</StatusWord>
            ),
        },
        {
          label: t("应收的组成", "Made of"),
          cell: ({ sources }) =>
            sources.length === 0 ? (
              "—"
            ) : (
              <ul>
                {sources.slice(0, 30).map((source) => (
                  <SourceLink c={c} source={source} />
                ))}
                {sources.length > 30 ? (
                  <li>{t(`另有${sources.length - 30}项`, `${sources.length - 30} more`)}</li>
                ) : null}
              </ul>
            ),
        },
      ]}
    />
  );
};

expectedRoutes.get("/accounts/expected", (c) => {
  const { scene, now } = c.var;
  return c.redirect(expectedHref(scene.community.slug, periodOf(dayOf(now))), 302);
});

expectedRoutes.get("/accounts/expected/:period", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const period = readPeriod(c.req.param("period"));
  if (!period || period > periodOf(dayOf(now))) return c.notFound();
  const { rows, book, occupancy } = await compareMonth(scene, period);
  const open = rows.filter(({ standing }) => standing === "unexplained").length;
  const title = t(`应收与实收 ${period}`, `Expected and booked, ${period}`);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[{ href: accountsHref(slug), label: t("公开账目", "Public accounts") }]}
      switchHref={`${expectedHref(slug, period)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "按登记册、租约和价目，这个月应该有多少收入；账上记了多少；差在哪里，为什么。",
          "What the register, the leases and the tariffs should bring in this month, what is booked, and why they differ.",
        )}
      </p>
      {rows.length === 0 ? null : (
        <p>
          {open === 0 ? (
            <StatusWord tone="good">{t("没有未说明的差额", "No gap is unexplained")}</StatusWord>
          ) : (
            <StatusWord tone="bad">{t(`有${open}项差额没有说明`, `${open} gaps are unexplained`)}</StatusWord>
          )}
        </p>
      )}
      {rows.length === 0 ? null : (
        <MoneyBars
          t={t}
          bars={rows.map(({ account, bookedFen, expectedFen }) => ({
            label: nameOf(account, lang),
            fen: bookedFen,
            note: t(`应收${formatYuan(expectedFen)}元`, `expected ${formatYuan(expectedFen)} yuan`),
          }))}
        />
      )}
      <Table c={c} period={period} rows={rows} />
      {occupancy.length === 0 ? null : (
        <>
          <h2>{t("今天的出租情况", "Let today")}</h2>
          <OccupancyBars c={c} rows={occupancy} />
        </>
      )}
      <LinkList
        items={[
          ...(book && before(period) >= book.fromPeriod
            ? [{ href: expectedHref(slug, before(period)), title: t("上一个月", "The month before") }]
            : []),
          ...(nextPeriod(period) <= periodOf(dayOf(now))
            ? [{ href: expectedHref(slug, nextPeriod(period)), title: t("下一个月", "The month after") }]
            : []),
        ]}
      />
    </Page>,
  );
});

// ——— At the desk ———

expectedRoutes.get("/desk/ledger/expected/:period", requires("ledger.read"), async (c) => {
  const period = readPeriod(c.req.param("period"));
  if (!period || period > periodOf(dayOf(c.var.now))) return c.notFound();
  return deskPage(c, period, await compareMonth(c.var.scene, period));
});

function deskPage(
  c: AppContext,
  period: Period,
  { rows }: MonthCompared,
  refused?: { readonly problem: Problem; readonly account: string; readonly text: string },
) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const here = deskExpectedHref(slug, period);
  const gaps = rows.filter(({ gapFen }) => gapFen !== 0);
  const errors = fieldErrors(refused?.problem, lang);
  const title = t(`应收与实收 ${period}`, `Expected and booked, ${period}`);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已说明，并写入公开记录", "Said, and in the public record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : refused?.problem} />
      <Table c={c} period={period} rows={rows} />
      {gaps.length > 0 && actor.permissions.has("ledger.draft") ? (
        <Form action={here} token={formToken} once={newOnce()}>
          <h2>{t("说明差额", "Say why")}</h2>
          <ErrorSummary t={t} errors={errors} />
          <Select
            name="account"
            label={t("哪一项", "Which")}
            value={refused?.account ?? gaps[0]!.account}
            options={gaps.map(({ account, gapFen }) => ({
              value: account,
              label: `${nameOf(account, lang)}（${formatYuan(gapFen)}）`,
            }))}
          />
          <Field
            name="text"
            label={t("原因（公开显示，不写个人信息）", "Why (public; no personal data)")}
            value={refused?.text ?? ""}
            error={errorFor(errors, "text")}
            maxlength={LONGEST_REASON}
          />
          <Actions>
            <Button>{t("公开说明", "Say it publicly")}</Button>
          </Actions>
        </Form>
      ) : null}
      <p>
        <a href={expectedHref(slug, period)}>{t("公开页", "Public page")}</a> ·{" "}
        <a href={deskExpectedHref(slug, before(period))}>{t("上一个月", "The month before")}</a>
      </p>
    </Page>,
    refused ? (refused.problem.status as 422) : 200,
  );
}

expectedRoutes.post("/desk/ledger/expected/:period", requires("ledger.draft"), async (c) => {
  const period = readPeriod(c.req.param("period"));
  if (!period || period > periodOf(dayOf(c.var.now))) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = { account: one(body, "account"), text: one(body, "text") };
  const scene = staffScene(c);
  const said = await explainGap(scene, { period, ...typed }, one(body, "_once") || newOnce());
  if (said.ok) return c.redirect(`${deskExpectedHref(scene.community.slug, period)}?done=1`, 303);
  return deskPage(c, period, await compareMonth(scene, period), { problem: expectedProblem(said.error), ...typed });
});
