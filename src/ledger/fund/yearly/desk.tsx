/** Years of the fund at the desk: which are due, what stands against each, and publishing one. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { formatYuan } from "../../../kernel/money.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Done, Refused } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../../platform/ui/facts.tsx";
import { Field } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { fieldErrors } from "../../assets/desk.tsx";
import { listBooks } from "../../books/store.ts";
import { deskYearsHref, fundYearHref } from "../addresses.ts";
import { deskFundCrumbs } from "../desk.tsx";
import { FUND_SETTINGS } from "../settings.ts";
import { publishYear, readYear } from "./actions.ts";
import { yearFaultWords, yearProblem } from "./problems.ts";
import { LONGEST_COMPARED, LONGEST_WHY, yearFaults } from "./rules.ts";
import { clocksFrom, YearClockWord } from "./shown.tsx";
import { listPublishedYears } from "./store.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const deskYearRoutes = new Hono<AppEnv>();
const ONE = "/desk/ledger/fund/years/:year{20[0-9][0-9]}";

deskYearRoutes.get("/desk/ledger/fund/years", requires("ledger.read"), async (c) => {
  const { t, scene, now } = c.var;
  const here = deskYearsHref(scene.community.slug);
  const [books, years, stored] = await scene.db.read(
    listBooks(scene),
    listPublishedYears(scene),
    listSettings(scene, FUND_SETTINGS),
  );
  const clocks = clocksFrom(books, years, valuesFromRows(FUND_SETTINGS, stored), dayOf(now));
  const title = t("维修资金年度公布", "The fund, year by year");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskFundCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "每年至少公布一次：全年结账、与银行核对一致、各户合计与账簿一致以后，定稿公布（《住宅专项维修资金管理办法》第三十条）。",
          "Published at least once a year: once the year is closed and agrees with the bank and with all units together (Measures, art. 30).",
        )}
      </p>
      <LinkList
        items={clocks.map((clock) => ({
          href: `${here}/${clock.year}`,
          title: t(`${clock.year}年`, String(clock.year)),
          status: <YearClockWord c={c} clock={clock} />,
        }))}
        empty={
          <EmptyState title={t("还没有满一年", "No year is over yet")}>
            {t("账簿设立后，每个年度结束就会列在这里。", "Each year stands here once it is over.")}
          </EmptyState>
        }
      />
    </Page>,
  );
});

deskYearRoutes.get(ONE, requires("ledger.read"), (c) => yearPage(c));

async function yearPage(c: AppContext, problem?: Problem, typed: Readonly<Record<string, string>> = {}) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const year = Number(c.req.param("year"));
  const read = await readYear(scene, year);
  if (!read) return c.notFound();
  const { content, facts, editions } = read;
  const here = `${deskYearsHref(slug)}/${year}`;
  // What a person can type is asked by the form; what the books must have done first is said before it.
  const against = yearFaults({ ...facts, comparedWith: "-", why: "-" });
  const errors = fieldErrors(problem, lang);
  const title = t(`公布${year}年维修资金账目`, `Publish the fund's year ${year}`);
  const yuan = (fen: number) => t(`${formatYuan(fen)}元`, `${formatYuan(fen)} yuan`);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={[...deskFundCrumbs(c), { href: deskYearsHref(slug), label: t("年度公布", "Year by year") }]}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已定稿公布，并写入公开记录", "Frozen and published, and in the public record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      <FactList>
        <Fact label={t("年初结余", "At the beginning")}>{yuan(content.openingFen)}</Fact>
        <Fact label={t("年末结余", "At the end")}>{yuan(content.closingFen)}</Fact>
        {content.banks.map(({ bank, numberMasked, bankFen, openItems }) => (
          <Fact label={`${bank} ${numberMasked}`}>
            {yuan(bankFen)}
            {openItems > 0 ? t(`，未达账项${openItems}笔`, `, ${openItems} items on one side alone`) : ""}
          </Fact>
        ))}
        {editions.length > 0 ? (
          <Fact label={t("已公布", "Published")}>
            <a href={fundYearHref(slug, String(year))}>
              {t(`第${editions[0]!.edition}版`, `edition ${editions[0]!.edition}`)}
            </a>
          </Fact>
        ) : null}
      </FactList>
      {against.length > 0 ? (
        <Callout tone="warn" title={t("公布以前还要做", "Before it can be published")}>
          <ul>
            {against.map((fault) => (
              <li>{yearFaultWords(fault).words[lang]}</li>
            ))}
          </ul>
        </Callout>
      ) : actor.permissions.has("ledger.approve") ? (
        <Form action={here} token={formToken}>
          <ErrorSummary t={t} errors={errors} />
          {facts.banks.length === 0 ? (
            <Field
              name="comparedWith"
              label={t("与主管部门的哪一份对账单核对过", "The authority's statement it was compared with")}
              value={typed.comparedWith ?? ""}
              error={errorFor(errors, "comparedWith")}
              maxlength={LONGEST_COMPARED}
            />
          ) : null}
          {facts.editions > 0 ? (
            <Field
              name="why"
              label={t("为什么更正（公开）", "Why it is corrected (public)")}
              value={typed.why ?? ""}
              error={errorFor(errors, "why")}
              maxlength={LONGEST_WHY}
            />
          ) : null}
          <Actions>
            <Button>
              {facts.editions === 0 ? t("定稿公布", "Freeze and publish") : t("公布更正版", "Publish the correction")}
            </Button>
          </Actions>
        </Form>
      ) : (
        <p class="hint">{t("等主任或副主任公布。", "Waits for the chair or a deputy to publish it.")}</p>
      )}
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

deskYearRoutes.post(ONE, requires("ledger.approve"), async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed = { comparedWith: one(body, "comparedWith"), why: one(body, "why") };
  const year = Number(c.req.param("year"));
  const done = await publishYear(staffScene(c), { year, ...typed });
  return done.ok
    ? c.redirect(`${deskYearsHref(c.var.scene.community.slug)}/${year}?done=1`, 303)
    : yearPage(c, yearProblem(done.error), typed);
});
