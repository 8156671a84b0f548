/** Objections and complaints: everybody's list, the forms of bidders and of owners, the desk's decision. Registers its section, acts and tasks. */
import { Hono } from "hono";
import { registerDeskSource } from "../../assembly/public/announcing.ts";
import { dayOf } from "../../kernel/day.ts";
import { answerClock, LONGEST_ANSWER, LONGEST_QUESTION as LONGEST_SHOWN } from "../../ledger/questions/rules.ts";
import { requiresOwner } from "../../owners/session.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { sayAuthor } from "../acting.ts";
import { deskTenderHref, tenderHref } from "../addresses.ts";
import { findSignedInBidder, requiresBidder } from "../bidders/session.ts";
import { announcedHere, tenderCrumbs } from "../bidders/signin.tsx";
import { TenderDesk, tenderBaseOf, tenderOf } from "../desk/frame.tsx";
import { registerTenderActs, registerTenderEventWords, registerTenderSection } from "../public/sections.ts";
import { DueWord, onceOf } from "../questions/pages.tsx";
import { type Against, decideObjection, type Objector, objectTo, openObjection } from "./actions.ts";
import { objectionProblem } from "./problems.ts";
import { LONGEST_OBJECTION, OUTCOMES, objectableNow } from "./rules.ts";
import { listObjections, listWaitingObjections, type ObjectionRow } from "./store.ts";
import { ABOUT_WORDS, OUTCOME_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const objectionPages = new Hono<AppEnv>();

const titleOf = ({ complainsOf, objectionNo, about }: ObjectionRow, { t }: AppContext["var"]): string =>
  complainsOf === null
    ? t(
        `第${objectionNo}件：对${ABOUT_WORDS[about].zh}的异议`,
        `No. ${objectionNo}: objection to ${ABOUT_WORDS[about].en.toLowerCase()}`,
      )
    : t(`第${objectionNo}件：对第${complainsOf}件的答复投诉`, `No. ${objectionNo}: complaint about no. ${complainsOf}`);

const One = ({ c, row }: { c: AppContext; row: ObjectionRow }) => {
  const { t, lang } = c.var;
  return (
    <section id={`objection-${row.objectionNo}`}>
      <h3>{titleOf(row, c.var)}</h3>
      <p>
        <DueWord
          c={c}
          dueOn={row.dueOn}
          done={row.outcome !== null}
          doneWords={row.outcome === null ? "" : pick(OUTCOME_WORDS[row.outcome], lang)}
        />
      </p>
      {row.outcome === null ? (
        <p class="hint">
          {t(
            "内容在答复时公开。答复以前，不能提交业主表决。",
            "What is objected is published with the answer; until then the owners' decision waits.",
          )}
        </p>
      ) : (
        <>
          <p>
            {t("异议：", "Objection: ")}
            {row.shown}
          </p>
          <p>
            {t("理由：", "Reason: ")}
            {row.reason}
          </p>
          <p class="hint">
            {sayAuthor(row.byWords ?? "", t)}，{sayDay(dayOf(row.decidedAt ?? 0), lang)}
          </p>
        </>
      )}
    </section>
  );
};

registerTenderSection("objections", {
  place: 60,
  queries: (scene, key) => [listObjections(scene, key)] as const,
  render: (c, tender, scheme, [rows]) => {
    const { t, lang, scene, now } = c.var;
    const { slug } = scene.community;
    const open = objectableNow(tender, now);
    if (scheme.lots.length === 0 || (rows.length === 0 && open.length === 0)) return null;
    return (
      <section id="objections">
        <h2>{t("异议和投诉", "Objections and complaints")}</h2>
        {rows.map((row) => (
          <One c={c} row={row} />
        ))}
        {rows.length === 0 ? <p>{t("没有人提出异议。", "Nobody has objected.")}</p> : null}
        {open.length > 0 ? (
          <>
            <p>
              {t(
                `现在可以对${open.map((one) => ABOUT_WORDS[one].zh).join("、")}提出异议。`,
                `Now ${open.map((one) => pick(ABOUT_WORDS[one], lang).toLowerCase()).join(", ")} can be objected to.`,
              )}
            </p>
            <Actions>
              <ButtonLink look="quiet" href={`${tenderHref(slug, tender.number)}/object`}>
                {t("我是业主，提出异议", "Object as an owner")}
              </ButtonLink>
              <ButtonLink look="quiet" href={`${tenderHref(slug, tender.number)}/bidder/object`}>
                {t("我是投标人，提出异议", "Object as a bidder")}
              </ButtonLink>
            </Actions>
          </>
        ) : null}
      </section>
    );
  },
});

// ——— Objecting ———

interface Typed {
  readonly against: string;
  readonly text: string;
  readonly once: string;
  readonly problem: Problem;
}

/** One form for bidders and owners: something open now, or one of their own objections to complain about. */
async function objectPage(c: AppContext, by: Objector, path: string, typed?: Typed) {
  const { t, lang, scene, formToken, now } = c.var;
  const tender = await announcedHere(c);
  if (!tender) return c.notFound();
  const { slug } = scene.community;
  const [rows] = await scene.db.read(listObjections(scene, tender.tenderId));
  const own = rows.filter((row) => row.byKind === by.kind && row.byId === by.id);
  const complainable = own.filter(
    (row) => row.complainsOf === null && !rows.some((each) => each.complainsOf === row.objectionNo),
  );
  const options = [
    ...objectableNow(tender, now).map((about) => ({ value: about, label: pick(ABOUT_WORDS[about], lang) })),
    ...complainable.map((row) => ({
      value: String(row.objectionNo),
      label: t(`不服第${row.objectionNo}件的答复，向街道投诉`, `Complain to the street about no. ${row.objectionNo}`),
    })),
  ];
  const isField = typed?.problem.status === 422;
  const errors: FieldError[] = typed && isField ? [{ field: "text", message: typed.problem.detail[lang] }] : [];
  return c.html(
    <Page
      {...frameOf(c, by.kind === "owner" ? "owner" : "public")}
      title={t("提出异议", "Object")}
      breadcrumb={tenderCrumbs(c, tender)}
    >
      <h1>{t("提出异议", "Object")}</h1>
      <Refused c={c} problem={isField ? undefined : typed?.problem} />
      {options.length === 0 ? (
        <EmptyState
          title={t("现在不能提出异议", "Nothing can be objected to now")}
          action={<ButtonLink href={tenderHref(slug, tender.number)}>{t("回到选聘", "Back to the tender")}</ButtonLink>}
        >
          {t(
            "提问期内可以对选聘文件提，开标以后对开标提，公示期内对候选人提。",
            "The documents while questions are taken, the opening after it, the candidates while they are published.",
          )}
        </EmptyState>
      ) : (
        <Form action={`${tenderHref(slug, tender.number)}${path}`} token={formToken} once={typed?.once ?? newOnce()}>
          <ErrorSummary t={t} errors={errors} />
          <RadioGroup
            name="against"
            legend={t("对什么", "Against what")}
            value={typed?.against ?? options[0]?.value}
            options={options}
          />
          <TextArea
            name="text"
            label={t("有什么异议，依据是什么", "What you object to, and on what ground")}
            hint={t(
              `最多${LONGEST_OBJECTION}字。只有处理的人看到原话；答复公开，不写是谁提的。`,
              `At most ${LONGEST_OBJECTION} characters. Only who decides reads it as written; the answer is public and names nobody.`,
            )}
            rows={8}
            value={typed?.text ?? ""}
            error={errorFor(errors, "text")}
          />
          <Actions>
            <Button>{t("提交", "Send")}</Button>
          </Actions>
        </Form>
      )}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

async function send(c: AppContext, by: Objector, path: string) {
  const tender = await announcedHere(c);
  if (!tender) return c.notFound();
  const { scene } = c.var;
  const body = await c.req.parseBody({ all: true });
  const [against, text, once] = [one(body, "against"), one(body, "text"), onceOf(body)];
  const asked: Against = /^[1-9]\d{0,5}$/.test(against)
    ? { complainsOf: Number(against) }
    : { about: against === "opening" || against === "candidates" ? against : "documents" };
  const made = await objectTo(scene, by, tender.tenderId, asked, text, once);
  if (!made.ok) return objectPage(c, by, path, { against, text, once, problem: objectionProblem(made.error) });
  return c.redirect(`${tenderHref(scene.community.slug, tender.number)}#objection-${made.value.objectionNo}`, 303);
}

const asOwner = (c: AppContext): Objector => ({ kind: "owner", id: c.var.owner.partyId });
const asBidder = async (c: AppContext): Promise<Objector> => ({
  kind: "bidder",
  id: (await findSignedInBidder(c))!.bidderId,
});
objectionPages.get("/tenders/:number/object", requiresOwner, (c) => objectPage(c, asOwner(c), "/object"));
objectionPages.post("/tenders/:number/object", requiresOwner, (c) => send(c, asOwner(c), "/object"));
objectionPages.get("/tenders/:number/bidder/object", requiresBidder, async (c) =>
  objectPage(c, await asBidder(c), "/bidder/object"),
);
objectionPages.post("/tenders/:number/bidder/object", requiresBidder, async (c) =>
  send(c, await asBidder(c), "/bidder/object"),
);

// ——— The desk ———

const decides = requires("tender.decide", "tender.witness");

objectionPages.get("/desk/tenders/:number/objections", decides, async (c) => {
  const drafted = await tenderOf(c);
  if (!drafted) return c.notFound();
  const { t, lang, scene } = c.var;
  const { row } = drafted;
  const [rows] = await scene.db.read(listObjections(scene, row.tenderId));
  return c.html(
    <TenderDesk
      c={c}
      row={row}
      path="/objections"
      title={t("异议和投诉", "Objections and complaints")}
      done={t("已公布", "Published")}
    >
      <LinkList
        items={rows.map((each) => ({
          href: `${tenderBaseOf(c, row)}/objections/${each.objectionNo}`,
          title: titleOf(each, c.var),
          note: t(`${sayDay(dayOf(each.madeAt), lang)}提出`, `made on ${sayDay(dayOf(each.madeAt), lang)}`),
          status: (
            <DueWord
              c={c}
              dueOn={each.dueOn}
              done={each.outcome !== null}
              doneWords={each.outcome === null ? "" : pick(OUTCOME_WORDS[each.outcome], lang)}
            />
          ),
        }))}
        empty={<EmptyState title={t("没有人提出异议", "Nobody has objected")} />}
      />
    </TenderDesk>,
  );
});

async function objectionHere(c: AppContext) {
  const drafted = await tenderOf(c);
  const no = c.req.param("objection") ?? "";
  if (!drafted || !/^[1-9]\d{0,5}$/.test(no)) return null;
  const [rows] = await c.var.scene.db.read(listObjections(c.var.scene, drafted.row.tenderId));
  const objection = rows.find(({ objectionNo }) => objectionNo === Number(no));
  return objection ? { row: drafted.row, objection } : null;
}

const FIELD_OF: Readonly<Record<string, string>> = {
  "question-shown-missing": "shown",
  "question-answer-missing": "reason",
  "question-answer-long": "reason",
  "question-names-person": "reason",
  "tender-objection-outcome": "outcome",
};

async function decisionPage(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly outcome: string; readonly shown: string; readonly reason: string },
) {
  const found = await objectionHere(c);
  if (!found) return c.notFound();
  const { t, lang, scene, formToken } = c.var;
  const { row, objection } = found;
  const text = await openObjection(scene, row.tenderId, objection);
  const field = typed ? FIELD_OF[typed.problem.code] : undefined;
  const errors: FieldError[] = typed && field ? [{ field, message: typed.problem.detail[lang] }] : [];
  const path = `/objections/${objection.objectionNo}`;
  return c.html(
    <TenderDesk c={c} row={row} path={path} title={titleOf(objection, c.var)}>
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      <h2>{t("原话", "As it was written")}</h2>
      {text.split(/\n+/).map((line) => (
        <p>{line}</p>
      ))}
      {objection.outcome === null ? (
        <Form action={`${tenderBaseOf(c, row)}${path}`} token={formToken}>
          <ErrorSummary t={t} errors={errors} />
          <RadioGroup
            name="outcome"
            legend={t("结论", "Outcome")}
            value={typed?.outcome}
            error={errorFor(errors, "outcome")}
            options={OUTCOMES.map((value) => ({ value, label: pick(OUTCOME_WORDS[value], lang) }))}
          />
          <TextArea
            name="shown"
            label={t("公开显示的异议", "The objection as everybody reads it")}
            hint={t(`不写是谁，最多${LONGEST_SHOWN}字`, `Naming nobody; at most ${LONGEST_SHOWN} characters`)}
            rows={3}
            value={typed?.shown ?? text.slice(0, LONGEST_SHOWN)}
            error={errorFor(errors, "shown")}
          />
          <TextArea
            name="reason"
            label={t("理由，以及怎样处理", "The reason, and what follows")}
            hint={t(`公开，最多${LONGEST_ANSWER}字`, `Public; at most ${LONGEST_ANSWER} characters`)}
            value={typed?.reason ?? ""}
            error={errorFor(errors, "reason")}
          />
          <Actions>
            <Button>{t("公布答复", "Publish the decision")}</Button>
          </Actions>
        </Form>
      ) : (
        <One c={c} row={objection} />
      )}
    </TenderDesk>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

objectionPages.get("/desk/tenders/:number/objections/:objection", decides, (c) => decisionPage(c));

objectionPages.post("/desk/tenders/:number/objections/:objection", decides, async (c) => {
  const found = await objectionHere(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const asked = { outcome: one(body, "outcome"), shown: one(body, "shown"), reason: one(body, "reason") };
  const { row, objection } = found;
  const decided = await decideObjection(staffScene(c), row.tenderId, objection.objectionNo, asked);
  if (!decided.ok && decided.error.reason === "unknown_objection") return c.notFound();
  if (!decided.ok) return decisionPage(c, { problem: objectionProblem(decided.error), ...asked });
  return c.redirect(`${tenderBaseOf(c, row)}/objections?done=1`, 303);
});

registerTenderActs("objections", {
  queries: (scene, key) => [listObjections(scene, key)] as const,
  actsOf: (_, __, [rows]) => {
    const waiting = rows.filter(({ outcome }) => outcome === null).length;
    return rows.length === 0
      ? []
      : [
          {
            label:
              waiting > 0
                ? { zh: `答复异议（${waiting}件等待）`, en: `Answer objections (${waiting} wait)` }
                : { zh: "异议和投诉", en: "Objections and complaints" },
            path: "/objections",
            permissions: ["tender.decide", "tender.witness"],
            isStep: waiting > 0,
            notYet: null,
          },
        ];
  },
});

const noWords = (facts: Readonly<Record<string, unknown>>, { t }: Pick<AppContext["var"], "t">): string =>
  t(`第${Number(facts.objection)}件`, `no. ${Number(facts.objection)}`);
registerTenderEventWords({
  objection_made: noWords,
  complaint_made: noWords,
  objection_decided: noWords,
  complaint_decided: noWords,
});

registerDeskSource("tender-objections", {
  queries: ({ scene }) => [listWaitingObjections(scene, 10)] as const,
  tasks: ({ scene }, [rows]) =>
    rows.map(({ number, title, objectionNo, complainsOf, dueOn }) => ({
      what:
        complainsOf === null
          ? { zh: "答复选聘异议", en: "Answer an objection to a tender" }
          : { zh: "处理选聘投诉", en: "Decide a complaint about a tender" },
      about: `${title}：第${objectionNo}件`,
      note: null,
      permissions: complainsOf === null ? (["tender.decide"] as const) : (["tender.witness"] as const),
      href: `${deskTenderHref(scene.community.slug, number)}/objections/${objectionNo}`,
      waitingHref: `${tenderHref(scene.community.slug, number)}#objections`,
      due: dueOn,
      overdue: answerClock(dueOn, false, dayOf(scene.now)).state === "overdue",
      notByAsker: false,
    })),
});
