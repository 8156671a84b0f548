/** Deciding a scheme, announcing it, closing bids, ending and repeating a tender, at the desk. Markup and forms only. */

import { Hono } from "hono";
import { addDays, dayOf, isWorkingDay, lastDayOfPeriod, localValue, parseLocal, startOf } from "../../kernel/day.ts";
import type { Result } from "../../kernel/result.ts";
import { readSettings } from "../../offices/settings/actions.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayDeadline } from "../../platform/ui/moments.ts";
import { authorOf } from "../acting.ts";
import { deskTenderHref } from "../addresses.ts";
import { TenderDesk, tenderBaseOf, tenderOf } from "../desk/frame.tsx";
import { type TenderRefusal, tenderProblem } from "../problems.ts";
import { type BasisAsked, type Drafted, decideScheme, repeatTender } from "../scheme/actions.ts";
import { Faults } from "../scheme/faults.tsx";
import { SchemeWords } from "../scheme/section.tsx";
import { TENDER_SETTINGS } from "../scheme/settings.ts";
import { findTender } from "../store.ts";
import { cancelTender, closeTender, giveTenderNotice } from "./actions.ts";
import { LONGEST_WHY } from "./rules.ts";

/** Mounted under /c/:slug. */
export const procedurePages = new Hono<AppEnv>();
const decides = requires("tender.decide");
const drafts = requires("tender.draft");

interface Again {
  readonly problem: Problem;
  readonly typed: Readonly<Record<string, string>>;
}
type PageOf = (c: AppContext, drafted: Drafted, again?: Again) => Response | Promise<Response>;

/** A step's page, and its post: on to the tender, or the page again with the refusal and what was typed. */
function step(
  path: string,
  gate: ReturnType<typeof requires>,
  page: PageOf,
  act: (c: AppContext, drafted: Drafted, typed: Again["typed"]) => Promise<Result<unknown, TenderRefusal>>,
): void {
  procedurePages.get(`/desk/tenders/:number${path}`, gate, async (c) => {
    const drafted = await tenderOf(c);
    return drafted ? page(c, drafted) : c.notFound();
  });
  procedurePages.post(`/desk/tenders/:number${path}`, gate, async (c) => {
    const drafted = await tenderOf(c);
    if (!drafted) return c.notFound();
    const body = await c.req.parseBody({ all: true });
    const typed = Object.fromEntries(Object.keys(body).map((name) => [name, one(body, name)]));
    const acted = await act(c, drafted, typed);
    if (acted.ok) return c.redirect(`${tenderBaseOf(c, drafted.row)}?done=1`, 303);
    const fresh = (await tenderOf(c)) ?? drafted;
    return page(c, fresh, { problem: tenderProblem(acted.error), typed });
  });
}

const statusOf = (again: Again | undefined) => (again?.problem.status ?? 200) as 422;

// ——— The decision on the scheme ———

async function decidePage(c: AppContext, { row, scheme }: Drafted, again?: Again) {
  const { t, formToken, scene } = c.var;
  const settings = await readSettings(scene, TENDER_SETTINGS);
  const byOwners = settings.schemeByOwners.value;
  const errors = problemErrors(c, again?.problem);
  const at = (name: string) => ({ name, value: again?.typed[name] ?? "", error: errorFor(errors, name) });
  const kind = again?.typed.basis ?? (byOwners ? "decision" : "words");
  return c.html(
    <TenderDesk c={c} row={row} path="/decide" title={t("确定选聘方案", "Decide the scheme")} problem={again?.problem}>
      <p class="lead">
        {byOwners
          ? t(
              "方案要先由业主大会表决通过（选聘物业服务人属于业主共同决定的事项，《民法典》第二百七十八条）。请填通过它的会议和议题。",
              "The owners vote on the scheme first (CC 278). Name the meeting and the item that carried it.",
            )
          : t(
              "确定以后方案公开，不能再改；公告以后只能用公开的修改文件改。",
              "Once decided the scheme is public and stands; after the notice only a public amendment changes it.",
            )}
      </p>
      <Faults c={c} row={row} scheme={scheme} />
      <Form
        action={`${tenderBaseOf(c, row)}/decide`}
        token={formToken}
        hidden={{ edition: again?.typed.edition ?? String(row.edition) }}
      >
        <ErrorSummary t={t} errors={errors} />
        {byOwners ? (
          <input type="hidden" name="basis" value="decision" />
        ) : (
          <RadioGroup
            name="basis"
            legend={t("依据", "It rests on")}
            value={kind}
            error={errorFor(errors, "basis")}
            options={[
              { value: "words", label: t("业委会的决议或文件", "A resolution or document of the committee") },
              { value: "decision", label: t("业主大会的表决", "A vote of the owners") },
            ]}
          />
        )}
        <Field
          {...at("meeting")}
          label={t("业主大会第几次会议", "Number of the meeting")}
          inputmode="numeric"
          width={6}
          optional={byOwners ? undefined : t("依据是表决时填", "where the owners voted")}
        />
        <Field
          {...at("item")}
          label={t("第几项议题", "Number of the item")}
          inputmode="numeric"
          width={6}
          optional={byOwners ? undefined : t("依据是表决时填", "where the owners voted")}
        />
        {byOwners ? null : (
          <Field
            {...at("words")}
            label={t("决议或文件", "Resolution or document")}
            hint={t("例如：业委会〔2026〕第8号决议", "Such as resolution 8 of 2026")}
            maxlength={200}
            optional={t("依据是决议时填", "where the committee resolved")}
          />
        )}
        <Actions>
          <Button>{t("确定方案", "Decide the scheme")}</Button>
          <ButtonLink look="quiet" href={tenderBaseOf(c, row)}>
            {t("先不确定", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
      <SchemeWords c={c} scheme={scheme} />
    </TenderDesk>,
    statusOf(again),
  );
}

/** A number somebody typed; 0 for anything that is none, for the rules to refuse. */
const counted = (text: string | undefined): number => {
  const typed = (text ?? "").normalize("NFKC").trim();
  return /^\d{1,6}$/.test(typed) ? Number(typed) : 0;
};

step("/decide", decides, decidePage, (c, { row }, typed) => {
  const asked: BasisAsked =
    typed.basis === "words"
      ? { kind: "words", words: typed.words ?? "" }
      : { kind: "decision", meeting: counted(typed.meeting), item: counted(typed.item) };
  return decideScheme(staffScene(c), row.tenderId, counted(typed.edition), asked);
});

// ——— The notice ———

const OPENING_HOUR_MS = 10 * 3_600_000;

/** 10:00 of the first working day that gives the time to bid in full. */
function suggestedClosing(now: number, bidDays: number): string {
  let day = lastDayOfPeriod(dayOf(now), bidDays);
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return localValue(startOf(day) + OPENING_HOUR_MS);
}

function noticePage(c: AppContext, { row, scheme }: Drafted, again?: Again) {
  const { t, lang, now, formToken } = c.var;
  const errors = problemErrors(c, again?.problem);
  const firstDay = lastDayOfPeriod(dayOf(now), scheme.bidDays);
  return c.html(
    <TenderDesk
      c={c}
      row={row}
      path="/notice"
      title={t("发布选聘公告", "Announce the tender")}
      problem={again?.problem}
    >
      <p class="lead">
        {t(
          "公告发出后，方案、评分和标段都固定下来；投标截止的同一时刻公开开标。",
          "From the notice on, scheme, criteria and lots stand; bids are opened in public at the very time they close.",
        )}
      </p>
      <Form action={`${tenderBaseOf(c, row)}/notice`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <DateTimeField
          name="closesAt"
          label={t("投标截止、开标时间", "Bids close and are opened")}
          hint={t(
            `最早${sayDay(firstDay, "zh")}：投标${scheme.bidDays}天，公告当天不算。`,
            `On ${sayDay(firstDay, "en")} at the earliest: ${scheme.bidDays} days, the day of the notice not counted.`,
          )}
          value={again?.typed.closesAt ?? suggestedClosing(now, scheme.bidDays)}
          error={errorFor(errors, "closesAt")}
        />
        <p>
          {t(
            `提问到${sayDeadline(startOf(lastDayOfPeriod(dayOf(now), scheme.questionDays)) + 86_400_000, lang)}截止。`,
            `Questions are taken until ${sayDeadline(startOf(lastDayOfPeriod(dayOf(now), scheme.questionDays)) + 86_400_000, lang)}.`,
          )}
        </p>
        <Actions>
          <Button>{t("发布公告", "Announce")}</Button>
          <ButtonLink look="quiet" href={tenderBaseOf(c, row)}>
            {t("先不发布", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
      <SchemeWords c={c} scheme={scheme} />
    </TenderDesk>,
    statusOf(again),
  );
}
step("/notice", decides, noticePage, (c, { row }, typed) =>
  giveTenderNotice(staffScene(c), row.tenderId, parseLocal(typed.closesAt ?? "")),
);

// ——— Closing by hand, where the clock has not come by ———

function closePage(c: AppContext, { row }: Drafted, again?: Again) {
  const { t, lang, now, formToken } = c.var;
  const isDue = row.state === "noticed" && row.closesAt !== null && now >= row.closesAt;
  return c.html(
    <TenderDesk c={c} row={row} path="/close" title={t("登记投标截止", "Log the closing")} problem={again?.problem}>
      {isDue ? (
        <Form action={`${tenderBaseOf(c, row)}/close`} token={formToken}>
          <p>
            {t(
              "截止时间已到，从那一刻起已不再收标。登记以后就可以开标。",
              "Their time has come, and nothing was taken since. Once it is logged, the bids can be opened.",
            )}
          </p>
          <Actions>
            <Button>{t("登记截止", "Log the closing")}</Button>
          </Actions>
        </Form>
      ) : (
        <p>
          {row.state === "noticed" && row.closesAt !== null
            ? t(
                `投标到${sayDeadline(row.closesAt, lang)}截止，到时系统自动登记。`,
                `Bids are taken until ${sayDeadline(row.closesAt, lang)}; it is logged by itself then.`,
              )
            : t("现在没有正在进行的投标。", "No bids are being taken.")}
        </p>
      )}
    </TenderDesk>,
    statusOf(again),
  );
}
step("/close", decides, closePage, (c, { row }) => {
  const scene = staffScene(c);
  return closeTender(scene, row, authorOf(scene));
});

// ——— Ending it early, and beginning again ———

function cancelPage(c: AppContext, { row }: Drafted, again?: Again) {
  const { t, formToken } = c.var;
  const errors = problemErrors(c, again?.problem);
  return c.html(
    <TenderDesk c={c} row={row} path="/cancel" title={t("终止选聘", "Cancel the tender")} problem={again?.problem}>
      <p class="lead">
        {t(
          "终止以后不能恢复，只能重新选聘；原因公开，已经收到的投标不会打开。",
          "What is cancelled stays so; a new tender may repeat it. The reason is public, and bids received are never opened.",
        )}
      </p>
      <Form action={`${tenderBaseOf(c, row)}/cancel`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <TextArea
          name="why"
          label={t("原因", "Reason")}
          rows={4}
          maxlength={LONGEST_WHY}
          value={again?.typed.why ?? ""}
          error={errorFor(errors, "why")}
        />
        <Actions>
          <Button>{t("终止选聘", "Cancel the tender")}</Button>
          <ButtonLink look="quiet" href={tenderBaseOf(c, row)}>
            {t("不终止", "Keep it")}
          </ButtonLink>
        </Actions>
      </Form>
    </TenderDesk>,
    statusOf(again),
  );
}
step("/cancel", decides, cancelPage, (c, { row }, typed) => cancelTender(staffScene(c), row.tenderId, typed.why ?? ""));

function repeatPage(c: AppContext, { row }: Drafted, problem?: Problem) {
  const { t, formToken } = c.var;
  return c.html(
    <TenderDesk c={c} row={row} path="/repeat" title={t("重新选聘", "Repeat the tender")} problem={problem}>
      <p class="lead">
        {t(
          "用这次的方案起草一次新的选聘，改好以后重新决定、重新公告（《招标投标法》第二十八条）。",
          "Drafts a new tender with this one's scheme, to be changed, decided and announced anew (TB 28).",
        )}
      </p>
      <Form action={`${tenderBaseOf(c, row)}/repeat`} token={formToken} once={newOnce()}>
        <Actions>
          <Button>{t("重新选聘", "Repeat it")}</Button>
          <ButtonLink look="quiet" href={tenderBaseOf(c, row)}>
            {t("先不重新选聘", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </TenderDesk>,
    (problem?.status ?? 200) as 409,
  );
}
procedurePages.get("/desk/tenders/:number/repeat", drafts, async (c) => {
  const drafted = await tenderOf(c);
  return drafted ? repeatPage(c, drafted) : c.notFound();
});
procedurePages.post("/desk/tenders/:number/repeat", drafts, async (c) => {
  const { scene } = c.var;
  const drafted = await tenderOf(c);
  if (!drafted) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const begun = await repeatTender(staffScene(c), drafted.row.tenderId, one(body, "_once"));
  if (!begun.ok) return repeatPage(c, drafted, tenderProblem(begun.error));
  const [rows] = await scene.db.read(findTender(scene, begun.value.tenderId));
  return c.redirect(`${deskTenderHref(scene.community.slug, rows[0]?.number ?? 1)}?done=1`, 303);
});
