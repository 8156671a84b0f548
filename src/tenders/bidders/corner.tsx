/** A bidder's own page: what it registered, which papers are missing, which amendment to confirm, and what comes next. Reads one round trip. */
import { Hono } from "hono";
import { fieldErrors, WholeRefusal } from "../../offices/forms.tsx";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { one, several } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { tenderHref } from "../addresses.ts";
import { confirmEdition } from "../amendments/actions.ts";
import { confirmProblem } from "../amendments/problems.ts";
import { takesBids } from "../rules.ts";
import { joinLots } from "./additions.ts";
import { bidderHref, bidHref, correctHref, leaveHref, licencesHref, phoneHref } from "./addresses.ts";
import { type Corner, readCorner } from "./corner-read.ts";
import { LicenceTable, Missing } from "./licences.tsx";
import { joinProblem } from "./problems.ts";
import { lotOptions } from "./register.tsx";
import { type BidderActor, findSignedInBidder, requiresBidder } from "./session.ts";
import { tenderCrumbs } from "./signin.tsx";

/** Mounted at /c/:slug. */
export const bidderCornerPages = new Hono<AppEnv>();

const DONE: Readonly<Record<string, readonly [string, string]>> = {
  registered: ["已登记。下一步：上传证照，然后加密投标", "You are registered. Next: your papers, then the sealed bid"],
  lots: ["标段已更新", "The lots are updated"],
  licence: ["证照已保存", "The paper is saved"],
  corrected: ["已更正，原来的登记也保留", "Corrected; what you registered before is kept too"],
  phone: ["已更换手机号，以后的通知发到新号码", "The telephone is changed; word goes to the new number"],
  left: ["已退出，标段里的密封投标同时撤回", "You have left; the sealed bid went with it"],
  explained: ["说明已提交", "Your explanation is in"],
  confirmed: ["已确认修改后的选聘文件", "The amended documents are confirmed"],
};

/** What is to be done now, the most pressing first. */
const NextSteps = ({ c, corner }: { c: AppContext; corner: Corner }) => {
  const { t, lang, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const { tender, toConfirm, missing } = corner;
  if (!takesBids(tender, now))
    return (
      <Callout title={t("投标已经截止", "Bids have closed")}>
        <p>
          <a href={tenderHref(slug, tender.number)}>
            {t("在公开页面看开标和结果", "Follow the opening and the result on the public page")}
          </a>
        </p>
      </Callout>
    );
  return (
    <>
      <p class="lead">
        {tender.closesAt === null
          ? null
          : t(`投标${sayDeadline(tender.closesAt, lang)}截止`, `Bids close ${sayDeadline(tender.closesAt, lang)}`)}
      </p>
      {toConfirm === null ? null : (
        <Callout tone="warn" title={t("选聘文件有修改，请确认", "The documents were amended: please confirm")}>
          <p>
            <a href={`${tenderHref(slug, tender.number)}#amendments`}>
              {t(`先看第${tender.edition}版改了什么`, `See first what edition ${tender.edition} changed`)}
            </a>
          </p>
          <p>
            {t(
              "修改以前交的投标，要在这里确认，或者重新提交；都没有的，开标时不予采用（《招标投标法》第二十七条）。",
              "A bid handed in before is confirmed here or replaced; with neither it is left out at the opening (Tendering Law, art. 27).",
            )}
          </p>
          <PostButton
            action={`${bidderHref(slug, tender.number)}/confirm`}
            token={formToken}
            hidden={{ edition: String(tender.edition) }}
          >
            {t("我已看过修改，确认", "I have read it and confirm")}
          </PostButton>
        </Callout>
      )}
      <Actions>
        {corner.lots.length === 0 ? null : (
          <ButtonLink href={bidHref(slug, tender.number)}>{t("加密投标", "Seal your bid")}</ButtonLink>
        )}
        <ButtonLink look="quiet" href={licencesHref(slug, tender.number)}>
          {missing.length > 0 ? t("上传证照", "Add papers") : t("再上传一份证照", "Add another paper")}
        </ButtonLink>
      </Actions>
    </>
  );
};

async function cornerPage(c: AppContext, bidder: BidderActor, problem?: Problem) {
  const { t, lang, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const corner = await readCorner(c, bidder);
  const { tender, scheme, own, lots, licences } = corner;
  const errors = fieldErrors(problem, lang);
  const done = DONE[c.req.query("done") ?? ""];
  const others = scheme.lots.filter((lot) => !lots.includes(lot));
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("投标人专页", "Bidder's page")}
      breadcrumb={tenderCrumbs(c, tender)}
      switchHref={`${bidderHref(slug, tender.number)}?lang=${t("en", "zh")}`}
    >
      <h1>{own.name}</h1>
      {done ? <Callout tone="good" title={t(...done)} /> : null}
      <WholeRefusal c={c} problem={problem} />
      <NextSteps c={c} corner={corner} />
      {corner.sections}
      <h2>{t("登记的内容", "What you registered")}</h2>
      <FactList>
        <Fact label={t("编号", "Number")}>{t(`第${own.bidderNo}号投标人`, `Bidder ${own.bidderNo}`)}</Fact>
        <Fact label={t("统一社会信用代码", "Credit code")}>
          {own.code}
          {own.codeDoubt === "" ? null : (
            <p class="hint">
              {t(
                "最后一位校验不符，请对照营业执照。早期代码可能如此；确实填错的，请更正登记。",
                "Its check character does not fit. Early codes may be so; compare it with the licence, and correct it if it is wrong.",
              )}
            </p>
          )}
        </Fact>
        <Fact label={t("法定代表人", "Representative")}>{own.representativeMasked}</Fact>
        <Fact label={t("实际控制人", "Controller")}>{own.controllerMasked}</Fact>
        <Fact label={t("标段", "Lots")}>
          {lots.length === 0
            ? t("没有：已全部退出，截止前可以再加入", "None: you left them all, and may come back before the closing")
            : lots.map(({ lotNo, title }) => `${lotNo}. ${title}`).join("；")}
        </Fact>
        {own.incumbent === 1 ? (
          <Fact label={t("现任服务企业", "Incumbent")}>
            <StatusWord tone="note">{t("是，评审时会说明", "Yes; the panel is told")}</StatusWord>
          </Fact>
        ) : null}
      </FactList>
      <p class="hint">
        {own.corrections === 0
          ? null
          : t(
              `已更正${own.corrections}次，每次都另存一份。`,
              `Corrected ${own.corrections} times; each entry is kept.`,
            )}
        {t("开标以前，登记情况不对外公开。", "Nothing of it is public before the opening.")}
      </p>
      {takesBids(tender, now) ? (
        <Actions>
          <ButtonLink look="quiet" href={correctHref(slug, tender.number)}>
            {t("更正登记", "Correct it")}
          </ButtonLink>
          <ButtonLink look="quiet" href={phoneHref(slug, tender.number)}>
            {t("更换手机号", "Change the telephone")}
          </ButtonLink>
          {lots.length === 0 ? null : (
            <ButtonLink look="quiet" href={leaveHref(slug, tender.number)}>
              {t("退出标段", "Leave a lot")}
            </ButtonLink>
          )}
        </Actions>
      ) : null}
      <h2>{t("证照", "Papers")}</h2>
      <Missing c={c} missing={corner.missing} />
      <LicenceTable c={c} number={tender.number} rows={licences} />
      {takesBids(tender, now) && others.length > 0 ? (
        <>
          <h2>{t("增加标段", "More lots")}</h2>
          <Form action={`${bidderHref(slug, tender.number)}/lots`} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <CheckboxGroup
              name="lots"
              legend={t("还要投哪些标段", "Which lots too")}
              error={errorFor(errors, "lots")}
              options={lotOptions({ ...scheme, lots: others })}
            />
            <Actions>
              <Button look="quiet">{t("增加", "Add")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
      <PostButton action={`${tenderHref(slug, tender.number)}/sign-out`} token={formToken} look="link">
        {t("退出", "Sign out")}
      </PostButton>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

bidderCornerPages.get("/tenders/:number/bidder", requiresBidder, async (c) =>
  cornerPage(c, (await findSignedInBidder(c))!),
);

bidderCornerPages.post("/tenders/:number/bidder/lots", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const body = await c.req.parseBody({ all: true });
  const joined = await joinLots(c.var.scene, bidder, several(body, "lots"));
  if (!joined.ok) return cornerPage(c, bidder, joinProblem(joined.error));
  return c.redirect(`${bidderHref(c.var.scene.community.slug, Number(c.req.param("number")))}?done=lots`, 303);
});

bidderCornerPages.post("/tenders/:number/bidder/confirm", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const body = await c.req.parseBody({ all: true });
  const confirmed = await confirmEdition(c.var.scene, bidder, Number(one(body, "edition")));
  if (!confirmed.ok) return cornerPage(c, bidder, confirmProblem(confirmed.error));
  return c.redirect(`${bidderHref(c.var.scene.community.slug, Number(c.req.param("number")))}?done=confirmed`, 303);
});
