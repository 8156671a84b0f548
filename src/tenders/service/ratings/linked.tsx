/** A household rates under the link of its message, without signing in: the address in the message, what is to be rated, the form. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import type { FormBody } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import { type Problem, problemResponse } from "../../../platform/problem.tsx";
import { Done, Refused } from "../../../platform/refused.tsx";
import { PostButton } from "../../../platform/ui/buttons.tsx";
import { LinkList } from "../../../platform/ui/facts.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { contractHref, linkedRatingHref, readContractNumber } from "../../contracts/addresses.ts";
import { byContractNumber, type ContractRow } from "../../contracts/store.ts";
import { serviceProblem } from "../problems.ts";
import { sayPeriod } from "../shown.tsx";
import { RatingForm, readRating } from "./form.tsx";
import { findLinkOfToken, openRatingLink, rateByLink, type ToRate } from "./links.ts";
import { forgetRatingLink, readRatingCookie, writeRatingCookie } from "./session.ts";

/** Mounted at /c/:slug. */
export const linkedRatingPages = new Hono<AppEnv>();
const OVER = serviceProblem({ reason: "rating_link_over" });

// Changes nothing, so that a preview that opens it does no harm; the redirect takes the token out of the address bar.
linkedRatingPages.get("/rate/link/:token", async (c) => {
  const { scene } = c.var;
  const link = await findLinkOfToken(scene, c.req.param("token"));
  if (!link) return problemResponse(c, OVER);
  await writeRatingCookie(c, link.tokenHash);
  return c.redirect(linkedRatingHref(scene.community.slug), 303);
});

linkedRatingPages.post("/rate/leave", (c) => {
  forgetRatingLink(c);
  return c.redirect(`/c/${c.var.scene.community.slug}`, 303);
});

/** What this browser's link opens; null for strangers and once it is over. */
async function enter(c: AppContext): Promise<(ToRate & { readonly tokenHash: string }) | null> {
  const tokenHash = await readRatingCookie(c);
  const open = tokenHash ? await openRatingLink(c.var.scene, tokenHash) : null;
  return tokenHash && open?.ok ? { ...open.value, tokenHash } : null;
}

linkedRatingPages.get("/rate", async (c) => {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const here = linkedRatingHref(slug);
  const open = await enter(c);
  if (!open) return problemResponse(c, OVER);
  const left = open.contracts.filter(({ rated }) => !rated).length;
  const until = sayDay(open.untilOn, lang);
  const title = t(
    `给${sayPeriod(open.period, lang)}的物业服务评分`,
    `Rate the service of ${sayPeriod(open.period, lang)}`,
  );
  return c.html(
    <Page {...frameOf(c)} title={title} switchHref={`${here}?lang=${t("en", "zh")}`}>
      <h1>{title}</h1>
      <Done c={c} words={t("已收到您家的评分，谢谢", "Your household's rating is in, thank you")} />
      <p class="lead">
        {left > 0
          ? t(
              `每户一次，${until}截止。谁评的、评了几分都不公开。`,
              `Once a household, until ${until}. Nobody is shown who rated, or how.`,
            )
          : t("都评过了。结果公布后可以在合同页上看到。", "All rated. The result will stand on the contract's page.")}
      </p>
      <LinkList
        items={open.contracts.map(({ row, rated }) => ({
          href: rated ? contractHref(slug, row.number) : `${here}/${row.number}`,
          title: row.title,
          note: row.providerName,
          status: (
            <StatusWord tone={rated ? "good" : "waiting"}>
              {rated ? t("已评", "rated") : t("请评分", "to rate")}
            </StatusWord>
          ),
        }))}
      />
      <PostButton action={`${here}/leave`} token={formToken} look="quiet">
        {t("离开（借用别人手机时）", "Leave, on a borrowed telephone")}
      </PostButton>
    </Page>,
  );
});

async function formPage(
  c: AppContext,
  { period, leastRatings, row }: Omit<ToRate, "contracts"> & { readonly row: ContractRow },
  again?: { readonly problem: Problem; readonly body: FormBody },
) {
  const { t, scene } = c.var;
  const here = linkedRatingHref(scene.community.slug);
  const title = t(`给服务评分：${row.title}`, `Rate the service: ${row.title}`);
  const isField = (again?.problem.errors?.length ?? 0) > 0;
  return c.html(
    <Page {...frameOf(c)} title={title} breadcrumb={[{ href: here, label: t("评分", "Ratings") }]}>
      <h1>{title}</h1>
      <Refused c={c} problem={isField ? undefined : again?.problem} />
      <RatingForm
        c={c}
        row={row}
        period={period}
        leastRatings={leastRatings}
        action={`${here}/${row.number}`}
        again={again}
      />
      <p>
        <a href={contractHref(scene.community.slug, row.number)}>
          {t("看合同、付款和以前的评价", "The contract, its payments and earlier reports")}
        </a>
      </p>
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}

const contractIn = (open: ToRate, text: string | undefined) => {
  const number = readContractNumber(text);
  return open.contracts.find(({ row }) => row.number === number);
};

linkedRatingPages.get("/rate/:number", async (c) => {
  const open = await enter(c);
  if (!open) return problemResponse(c, OVER);
  const found = contractIn(open, c.req.param("number"));
  if (!found) return c.notFound();
  if (found.rated) return c.redirect(`${linkedRatingHref(c.var.scene.community.slug)}`, 303);
  return formPage(c, { ...open, row: found.row });
});

linkedRatingPages.post("/rate/:number", async (c) => {
  const { scene } = c.var;
  const open = await enter(c);
  if (!open) return problemResponse(c, OVER);
  const found = contractIn(open, c.req.param("number"));
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const asked = readRating(body);
  const done = await rateByLink(scene, open.tokenHash, byContractNumber(scene, found.row.number), asked);
  if (!done.ok) return formPage(c, { ...open, row: found.row }, { problem: serviceProblem(done.error), body });
  return c.redirect(`${linkedRatingHref(scene.community.slug)}?done=1`, 303);
});
