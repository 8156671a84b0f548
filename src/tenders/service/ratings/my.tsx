/** An owner rates the service in their corner: the card that says it is time, and the form. Registers its card as it loads. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import { registerMyCard } from "../../../owners/cards.ts";
import { requiresOwner } from "../../../owners/session.ts";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import type { FormBody } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Done, problemErrors, Refused } from "../../../platform/refused.tsx";
import { LinkList } from "../../../platform/ui/facts.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { contractHref, rateHref, readContractNumber } from "../../contracts/addresses.ts";
import { byContractNumber, contractFrom, findContract, listLivingContracts } from "../../contracts/store.ts";
import { serviceProblem } from "../problems.ts";
import { periodToRate, ratingSpan, serves } from "../rules.ts";
import { periodKindFrom, SERVICE_SETTINGS, windowFrom } from "../settings.ts";
import { sayPeriod } from "../shown.tsx";
import { rateService } from "./actions.ts";
import { RatingForm, readRating } from "./form.tsx";

/** Mounted at /c/:slug. */
export const myServicePages = new Hono<AppEnv>();
const MOST = 20;

registerMyCard("service-rating", {
  place: 45,
  queries: ({ scene }) => [listLivingContracts(scene, MOST), listSettings(scene, SERVICE_SETTINGS)] as const,
  render: (c, { headKeys }, [stored, settings]) => {
    const { t, lang, scene, now } = c.var;
    const today = dayOf(now);
    const values = valuesFromRows(SERVICE_SETTINGS, settings);
    const window = windowFrom(values);
    const period = periodToRate(today, periodKindFrom(values), window);
    const rows = stored.map(contractFrom).filter((row) => serves(row, today));
    if (period === null || rows.length === 0 || headKeys.length === 0) return null;
    const until = sayDay(ratingSpan(period, window).toOn, lang);
    return (
      <section>
        <h3>{t("给物业服务评分", "Rate the service")}</h3>
        <LinkList
          items={rows.map(({ number, title }) => ({
            href: rateHref(scene.community.slug, number),
            title,
            note: t(
              `${sayPeriod(period, lang)}，每户一次，到${until}`,
              `${sayPeriod(period, lang)}, once a household, until ${until}`,
            ),
          }))}
        />
      </section>
    );
  },
});

async function ratePage(c: AppContext, again?: { readonly problem: Problem; readonly body: FormBody }) {
  const { t, scene, now } = c.var;
  const number = readContractNumber(c.req.param("number"));
  if (!number) return c.notFound();
  const [contracts, settings] = await scene.db.read(
    findContract(scene, byContractNumber(scene, number)),
    listSettings(scene, SERVICE_SETTINGS),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  if (row?.state !== "signed") return c.notFound();
  const values = valuesFromRows(SERVICE_SETTINGS, settings);
  const period = periodToRate(dayOf(now), periodKindFrom(values), windowFrom(values));
  const errors = problemErrors(c, again?.problem);
  const title = t(`给服务评分：${row.title}`, `Rate the service: ${row.title}`);
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={title}
      breadcrumb={[{ href: `/c/${scene.community.slug}/my`, label: t("业主专页", "My corner") }]}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已收到您的评分，谢谢", "Your rating is in, thank you")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : again?.problem} />
      {period === null ? (
        <p>{t("现在不在评分的日子里。", "Nothing is to be rated now.")}</p>
      ) : c.req.query("done") === undefined ? (
        <RatingForm
          c={c}
          row={row}
          period={period}
          leastRatings={values.leastRatings.value}
          action={rateHref(scene.community.slug, number)}
          again={again}
        />
      ) : null}
      <p>
        <a href={contractHref(scene.community.slug, number)}>
          {t("看合同、付款和以前的评价", "The contract, its payments and earlier reports")}
        </a>
      </p>
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}
myServicePages.get("/my/service/:number", requiresOwner, (c) => ratePage(c));
myServicePages.post("/my/service/:number", requiresOwner, async (c) => {
  const { scene, owner } = c.var;
  const number = readContractNumber(c.req.param("number"));
  if (!number) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const done = await rateService(scene, owner, byContractNumber(scene, number), readRating(body));
  if (!done.ok) return ratePage(c, { problem: serviceProblem(done.error), body });
  return c.redirect(`${rateHref(scene.community.slug, number)}?done=1`, 303);
});
