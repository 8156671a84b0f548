/** An owner rates the service in their corner: the card that says it is time, and the form. Registers its card as it loads. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import { registerMyCard } from "../../../owners/cards.ts";
import { requiresOwner } from "../../../owners/session.ts";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { type FormBody, one } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Done, problemErrors, Refused } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { LinkList } from "../../../platform/ui/facts.tsx";
import { TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { contractHref, rateHref, readContractNumber } from "../../contracts/addresses.ts";
import { byContractNumber, contractFrom, findContract, listLivingContracts } from "../../contracts/store.ts";
import { serviceProblem } from "../problems.ts";
import { clausesOf, LONGEST_WORDS, periodToRate, ratingSpan, serves } from "../rules.ts";
import { periodKindFrom, SERVICE_SETTINGS, windowFrom } from "../settings.ts";
import { sayPeriod } from "../shown.tsx";
import { rateService } from "./actions.ts";

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
  const { t, lang, scene, now, formToken } = c.var;
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
  const least = values.leastRatings.value;
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
        <Form action={rateHref(scene.community.slug, number)} token={formToken}>
          <p class="lead">
            {t(
              `${row.providerName}，${sayPeriod(period, lang)}。每户评一次，提交后不能改。谁评的不公开，也不给物业看；满${least}户才公布平均分。`,
              `${row.providerName}, ${sayPeriod(period, lang)}. Once a household, and it stands. Who rated is shown to nobody; averages only once ${least} households have.`,
            )}
          </p>
          <ErrorSummary t={t} errors={errors} />
          {clausesOf(row.terms).map((clause, at) => (
            <RadioGroup
              name={`score${at}`}
              legend={clause}
              value={again ? one(again.body, `score${at}`) : undefined}
              error={at === 0 ? errorFor(errors, "scores") : undefined}
              options={[5, 4, 3, 2, 1].map((score) => ({
                value: String(score),
                label: [
                  t("1分，很差", "1, very poor"),
                  t("2分，较差", "2, poor"),
                  t("3分，一般", "3, fair"),
                  t("4分，较好", "4, good"),
                  t("5分，很好", "5, very good"),
                ][score - 1]!,
              }))}
            />
          ))}
          <TextArea
            name="words"
            label={t("想说的话", "Anything to say")}
            hint={t(
              "加密保存，业委会主任能看到内容，看不到是谁写的。",
              "Kept sealed; the chair reads it without knowing whose it is.",
            )}
            value={again ? one(again.body, "words") : ""}
            error={errorFor(errors, "words")}
            maxlength={LONGEST_WORDS}
            rows={3}
            optional={t("可不填", "may stay empty")}
          />
          <Actions>
            <Button>{t("提交评分", "Send the rating")}</Button>
          </Actions>
        </Form>
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
  const scores: number[] = [];
  for (let at = 0; `score${at}` in body || at < 1; at += 1) scores.push(Number(one(body, `score${at}`)));
  const done = await rateService(scene, owner, byContractNumber(scene, number), { scores, words: one(body, "words") });
  if (!done.ok) return ratePage(c, { problem: serviceProblem(done.error), body });
  return c.redirect(`${rateHref(scene.community.slug, number)}?done=1`, 303);
});
