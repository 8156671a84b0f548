/** Expected, booked and at the bank, month by month, for everybody. The desk's form that says why is desk.tsx. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import type { AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { OccupancyBars } from "../assets/shown.tsx";
import { accountsHref, readCount, readPeriod } from "../books/addresses.ts";
import { nextPeriod, periodOf } from "../books/rules.ts";
import { monthWords } from "../books/words.ts";
import { MoneyBars } from "../leases/bars.tsx";
import { compareMonth } from "./actions.ts";
import { expectedHref } from "./addresses.ts";
import { BankReach, before, ComparisonTable, nameOf, SourcePages } from "./shown.tsx";

/** Mounted at /c/:slug. */
export const expectedRoutes = new Hono<AppEnv>();

expectedRoutes.get("/accounts/expected", (c) => {
  const { scene, now } = c.var;
  return c.redirect(expectedHref(scene.community.slug, periodOf(dayOf(now))), 302);
});

expectedRoutes.get("/accounts/expected/:period", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const period = readPeriod(c.req.param("period"));
  if (!period || period > periodOf(dayOf(now))) return c.notFound();
  const { rows, notes, book, occupancy, bank } = await compareMonth(scene, period);
  // Only one account's sources are paged through; any other address is the month's own.
  const of = rows.find(({ account }) => account === c.req.query("of"));
  const page = readCount(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const open = rows.filter(({ standing }) => standing === "unexplained").length;
  const title = t(`应收与实收 ${monthWords(period).zh}`, `Expected and received, ${monthWords(period).en}`);
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
          "按登记册、租约和价目，这个月应该有多少收入；账上记了多少；银行实际到了多少；差在哪里，为什么。",
          "What the register, the leases and the tariffs should bring in this month, what is booked, what the bank shows of it, and why they differ.",
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
          bars={rows.flatMap(({ account, bookedFen, expectedFen, bankFen }) => [
            { label: t(`${nameOf(account, lang)}：应收`, `${nameOf(account, lang)}: expected`), fen: expectedFen },
            { label: t("账上", "booked"), fen: bookedFen },
            ...(bankFen === null ? [] : [{ label: t("银行", "at the bank"), fen: bankFen }]),
          ])}
        />
      )}
      <ComparisonTable c={c} period={period} rows={rows} notes={notes} />
      {of ? <SourcePages c={c} period={period} row={of} page={page} /> : null}
      {rows.length === 0 && bank.openLines === 0 ? null : <BankReach c={c} period={period} bank={bank} />}
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
