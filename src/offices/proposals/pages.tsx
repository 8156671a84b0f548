/** What waits for a second person: shown to every office-holder, confirmed or refused by those who may. */
import { Hono } from "hono";
import { maskPhone } from "../../community/identity/rules.ts";
import { requiresOffice } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { sendSoon } from "../../platform/outbox/actions.ts";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import type { NumberDetails } from "../people/actions.ts";
import { baseOf, deskOf } from "../terms/place.ts";
import { isTakeKind } from "../terms/rules.ts";
import { TAKE_WORDS } from "../words.ts";
import {
  confirmAppointment,
  confirmNumber,
  type FoundProposal,
  findOne,
  mayBeSecond,
  mayRefuse,
  refuseProposal,
  type ShownProposal,
  showProposal,
  titleOf,
} from "./actions.ts";
import { askForOwnCode, confirmOwnNumber } from "./by-code.ts";
import "./messages.ts";
import { proposalProblem } from "./problems.ts";
import { countProposals, listOpenProposals, listProposals, openDetails } from "./store.ts";
import { sayState } from "./words.ts";

export const proposalPages = new Hono<AppEnv>();

/** Open to every office-holder whose posts grant anything at all: the provider's people see what the public sees. */
proposalPages.use("/desk/offices/pending/*", requiresOffice, async (c, next) =>
  c.var.actor.permissions.size > 0 ? next() : c.notFound(),
);

const PER_PAGE = 20;
const pendingOf = (c: AppContext): string => `${deskOf(c)}/pending`;

const crumbsOf = (c: AppContext, deeper: boolean) => [
  { href: `${baseOf(c)}/desk`, label: c.var.t("工作台", "Desk") },
  ...(deeper ? [{ href: pendingOf(c), label: c.var.t("等第二人确认", "Waiting for a second person") }] : []),
];

proposalPages.get("/desk/offices/pending", async (c) => {
  const { t, lang, scene } = c.var;
  const page = Math.max(1, Math.trunc(Number(c.req.query("page") ?? "1")) || 1);
  const [open, rows, count] = await scene.db.read(
    listOpenProposals(scene),
    listProposals(scene, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE }),
    countProposals(scene),
  );
  const [waiting, all] = await Promise.all([
    Promise.all(open.map((row) => showProposal(scene, row))),
    Promise.all(rows.map((row) => showProposal(scene, row))),
  ]);
  const over = all.filter(({ state }) => state !== "open");
  const item = (one: ShownProposal) => ({
    href: `${pendingOf(c)}/${one.proposalId}`,
    title: pick(titleOf(one), lang),
    note:
      one.state === "open"
        ? t(
            `${one.proposedBy}提出，${sayInstant(one.expiresAt, lang)}前有效`,
            `proposed by ${one.proposedBy}, until ${sayInstant(one.expiresAt, lang)}`,
          )
        : t(
            `${one.proposedBy}提出于${sayInstant(one.proposedAt, lang)}`,
            `proposed by ${one.proposedBy}, ${sayInstant(one.proposedAt, lang)}`,
          ),
    status: <StatusWord tone={sayState[one.state].tone}>{pick(sayState[one.state].words, lang)}</StatusWord>,
  });
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("等第二人确认", "Waiting for a second person")}
      breadcrumb={crumbsOf(c, false)}
    >
      <h1>{t("等第二人确认", "Waiting for a second person")}</h1>
      <p>
        {t(
          "能办理表决、资金或任职的职务，以及业委会委员，要两个人才能任命；这些人的登录号码，也要两个人或凭旧号码的验证码才能更换。所有任职人员都能看到。",
          "Posts with power over votes, money or offices, and seats in the committee, are filled by two people; the number such a person signs in with is changed by two, or with a code sent to the old one. Every office-holder sees what waits.",
        )}
      </p>
      <LinkList
        items={waiting.map(item)}
        empty={
          <EmptyState title={t("没有等待确认的事", "Nothing waits")}>
            {t(
              "有人提出任命或更换号码时，会出现在这里。",
              "An appointment or a change of number appears here when it is proposed.",
            )}
          </EmptyState>
        }
      />
      {over.length > 0 ? (
        <>
          <h2>{t("已办结", "Settled")}</h2>
          <LinkList items={over.map(item)} />
        </>
      ) : null}
      <Pager
        t={t}
        page={page}
        pages={Math.ceil((count[0]?.proposals ?? 0) / PER_PAGE)}
        href={(n) => `${pendingOf(c)}?page=${n}`}
      />
    </Page>,
  );
});

interface Given {
  readonly problem?: Problem;
  readonly phone?: string;
  readonly why?: string;
  /** A code was sent under this challenge. */
  readonly challenge?: string;
}

async function onePage(c: AppContext, found: FoundProposal, given: Given = {}) {
  const { t, lang, formToken, demo } = c.var;
  const scene = staffScene(c);
  const one = await showProposal(scene, found);
  const at = `${pendingOf(c)}/${one.proposalId}`;
  const errors = fieldErrors(given.problem, lang);
  const isOpen = one.state === "open";
  const isSecond = mayBeSecond(scene, found).ok;
  const isHolder = isOpen && one.kind === "number" && scene.actor.personId === one.personId;
  const isProposer = scene.actor.personId === found.proposedBy;
  // Only the holder reads which number it would be: a second officer has it from the holder, not from here.
  const proposed = isHolder ? maskPhone((JSON.parse(await openDetails(scene, found)) as NumberDetails).phone) : "";
  return (
    <Page
      {...frameOf(c, "staff")}
      title={pick(titleOf(one), lang)}
      breadcrumb={crumbsOf(c, true)}
      switchHref={`${at}?lang=${lang === "en" ? "zh" : "en"}`}
    >
      <h1>{pick(titleOf(one), lang)}</h1>
      <WholeRefusal c={c} problem={given.problem} />
      <p>
        <StatusWord tone={sayState[one.state].tone}>{pick(sayState[one.state].words, lang)}</StatusWord>
      </p>
      <What c={c} one={one} />
      {isSecond ? (
        <>
          <h2>{t("确认", "Confirm")}</h2>
          <p>
            {t(
              "请直接问本人手机号是多少，填在下面。与登记的一致才能确认，这样没有人能悄悄换成自己的手机。",
              "Ask the person for the mobile number themselves and type it here. Only when it is the one that was recorded can this be confirmed, so that nobody slips in a telephone of their own.",
            )}
          </p>
          <Form action={`${at}/confirm`} token={formToken}>
            <ErrorSummary t={t} errors={errors.filter(({ field }) => field === "phone")} />
            <Field
              name="phone"
              type="tel"
              inputmode="tel"
              width={20}
              label={t(
                `${one.name}的${one.kind === "number" ? "新" : ""}手机号`,
                `${one.name}'s ${one.kind === "number" ? "new " : ""}mobile number`,
              )}
              hint={t("由本人告诉您", "As they told it to you")}
              value={given.phone}
              error={errorFor(errors, "phone")}
            />
            <Actions>
              <Button>{t("我已向本人核实，确认", "I have asked them: confirm")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
      {isHolder ? (
        <>
          <h2>{t("这是您的号码", "This is your number")}</h2>
          {given.challenge === undefined ? (
            <Form action={`${at}/code`} token={formToken} once={newOnce()}>
              <p>
                {t(
                  `要换成 ${proposed}。不是您的新号码，请在下面拒绝；是的话，用现在的手机收一个验证码，就可以自己确认。`,
                  `It would become ${proposed}. If that is not your new number, refuse it below; if it is, confirm it yourself with a code sent to your present phone.`,
                )}
              </p>
              <Actions>
                <Button look="quiet">{t("向现在的号码发送验证码", "Send a code to my present number")}</Button>
              </Actions>
            </Form>
          ) : (
            <Form action={`${at}/confirm-own`} token={formToken} hidden={{ challenge: given.challenge }}>
              <ErrorSummary t={t} errors={errors.filter(({ field }) => field === "code")} />
              {demo ? (
                <p>
                  <a href="/demo/outbox">{t("演示模式：在这里看验证码", "In the demo the code is read here")}</a>
                </p>
              ) : null}
              <Field
                name="code"
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength={12}
                width={6}
                label={t("6 位验证码", "Six digits")}
                error={errorFor(errors, "code")}
              />
              <Actions>
                <Button look="danger">{t("确认更换我的号码", "Change my number")}</Button>
              </Actions>
            </Form>
          )}
        </>
      ) : null}
      {isOpen && !isSecond && !isHolder ? (
        <Callout>
          <p>
            {isProposer
              ? t(
                  "这是您提出的，要由另一位能登记任职的人确认。",
                  "You proposed this; another who manages offices confirms it.",
                )
              : t(
                  "由能登记任职的人确认：主任、筹备组组长、秘书或街道经办人中，除提出人和当事人以外的一位。",
                  "One who manages offices confirms it (chair, head of the preparatory group, secretary or street officer), neither who proposed it nor whom it concerns.",
                )}
          </p>
        </Callout>
      ) : null}
      {isOpen && mayRefuse(scene, found) ? (
        <Details
          summary={isProposer ? t("撤回", "Take it back") : t("不对？拒绝", "Not right? Refuse it")}
          open={errorFor(errors, "why") !== undefined}
        >
          <Form action={`${at}/refuse`} token={formToken}>
            <ErrorSummary t={t} errors={errors.filter(({ field }) => field === "why")} />
            <TextArea
              name="why"
              rows={3}
              label={t("理由", "Reason")}
              hint={t("任职人员可以看到，请不要写电话和证件号", "Office-holders read it: no phone or identity numbers")}
              value={given.why}
              error={errorFor(errors, "why")}
            />
            <Actions>
              <Button look="danger">{isProposer ? t("撤回", "Take it back") : t("拒绝", "Refuse")}</Button>
            </Actions>
          </Form>
        </Details>
      ) : null}
      <Actions>
        <ButtonLink look="quiet" href={pendingOf(c)}>
          {t("返回", "Back")}
        </ButtonLink>
      </Actions>
    </Page>
  );
}

/** What is proposed, by whom, and what has become of it. */
const What = ({ c, one }: { c: AppContext; one: ShownProposal }) => {
  const { t, lang } = c.var;
  const { appointment } = one;
  return (
    <FactList>
      <Fact label={t("姓名", "Name")}>{one.name}</Fact>
      {one.post ? (
        <Fact label={t("职务", "Post")}>
          {pick(one.post.body, lang)} {pick(one.post.title, lang)}
        </Fact>
      ) : null}
      {appointment ? (
        <>
          <Fact label={t("任期", "Term")}>
            {appointment.lastOn === ""
              ? t(`${sayDay(appointment.fromOn, lang)}起`, `since ${sayDay(appointment.fromOn, lang)}`)
              : t(
                  `${sayDay(appointment.fromOn, lang)}至${sayDay(appointment.lastOn, lang)}`,
                  `${sayDay(appointment.fromOn, lang)} to ${sayDay(appointment.lastOn, lang)}`,
                )}
          </Fact>
          {isTakeKind(appointment.act) ? (
            <Fact label={t("怎样产生", "By")}>{pick(TAKE_WORDS[appointment.act], lang)}</Fact>
          ) : null}
          <Fact label={t("依据", "Document")}>{appointment.document}</Fact>
        </>
      ) : null}
      <Fact label={t("提出", "Proposed")}>
        {one.proposedBy}，{sayInstant(one.proposedAt, lang)}
      </Fact>
      {one.endedAt === null ? (
        <Fact label={t("有效期至", "Until")}>{sayInstant(one.expiresAt, lang)}</Fact>
      ) : (
        <Fact label={one.state === "refused" ? t("拒绝", "Refused") : t("确认", "Confirmed")}>
          {one.endedBy}，{sayInstant(one.endedAt, lang)}
          {one.way === "code" ? t("（凭旧号码的验证码）", " (with a code sent to the old number)") : ""}
        </Fact>
      )}
      {one.why === "" ? null : <Fact label={t("理由", "Reason")}>{one.why}</Fact>}
    </FactList>
  );
};

const foundOf = (c: AppContext): Promise<FoundProposal | null> => findOne(c.var.scene, c.req.param("proposalId") ?? "");

proposalPages.get("/desk/offices/pending/:proposalId", async (c) => {
  const found = await foundOf(c);
  return found ? c.html(await onePage(c, found)) : problemResponse(c, NOT_FOUND);
});

/** A refusal on the page it came from; what one may not do here looks as if it were not there. */
async function refused(c: AppContext, refusal: Parameters<typeof proposalProblem>[0], given: Given = {}) {
  const found = await foundOf(c);
  if (!found || refusal.reason === "unknown_proposal" || refusal.reason === "not_a_second")
    return problemResponse(c, NOT_FOUND);
  const problem = proposalProblem(refusal);
  return c.html(await onePage(c, found, { ...given, problem }), problem.status);
}

proposalPages.post("/desk/offices/pending/:proposalId/confirm", async (c) => {
  const found = await foundOf(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { phone } = await textOf(c, "phone");
  const confirm = found.kind === "appointment" ? confirmAppointment : confirmNumber;
  const done = await confirm(staffScene(c), found.proposalId, phone);
  if (!done.ok) return refused(c, done.error, { phone });
  return c.redirect(`${pendingOf(c)}/${found.proposalId}`, 303);
});

proposalPages.post("/desk/offices/pending/:proposalId/code", async (c) => {
  const found = await foundOf(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { _once } = await textOf(c, "code");
  const once = _once.length > 0 && _once.length <= 64 ? _once : newOnce();
  const asked = await askForOwnCode(staffScene(c), found.proposalId, once);
  if (!asked.ok) return refused(c, asked.error);
  await sendSoon(c);
  return c.html(await onePage(c, found, { challenge: asked.value.challengeId }));
});

proposalPages.post("/desk/offices/pending/:proposalId/confirm-own", async (c) => {
  const { challenge, code } = await textOf(c, "challenge", "code");
  const done = await confirmOwnNumber(staffScene(c), c.req.param("proposalId"), challenge, code);
  if (!done.ok)
    return refused(c, done.error, ["code_wrong", "code_unreadable"].includes(done.error.reason) ? { challenge } : {});
  // The change has signed its person out everywhere: the next step is to sign in with the new number.
  return c.redirect(`${baseOf(c)}/sign-in`, 303);
});

proposalPages.post("/desk/offices/pending/:proposalId/refuse", async (c) => {
  const found = await foundOf(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { why } = await textOf(c, "why");
  const done = await refuseProposal(staffScene(c), found.proposalId, why);
  if (!done.ok) return refused(c, done.error, { why });
  return c.redirect(`${pendingOf(c)}/${found.proposalId}`, 303);
});
