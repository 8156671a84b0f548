/** Objections to candidates: an owner's own page, and the answers at the desk. The acts are objecting.ts. */
import { Hono } from "hono";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import { requiresOwner } from "../../owners/session.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { Field, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { readElectionNumber } from "../addresses.ts";
import { ElectionDesk, electionBaseOf, electionOf } from "../desk/frame.tsx";
import { readMethod } from "../method/rules.ts";
import { candidateHref, deskNominationHref } from "../nominations/words.ts";
import type { ElectionRow } from "../store.ts";
import {
  answerCandidateObjection,
  type CandidateObjectionRow,
  LONGEST_ANSWER,
  LONGEST_OBJECTION,
  listCandidateObjections,
  objectOnPaper,
  objectToCandidate,
  openCandidateObjection,
} from "./objecting.ts";
import { candidateProblem } from "./problems.ts";
import { crumbsTo } from "./public-pages.tsx";
import { mayObjectToCandidate } from "./rules.ts";
import { type CandidateRow, listCandidates } from "./store.ts";

/** Mounted under /c/:slug. */
export const candidateObjectionPages = new Hono<AppEnv>();
const answers = requires("election.decide");

interface Typed {
  readonly problem: Problem;
  readonly text: string;
  readonly once: string;
}

async function candidateAt(c: AppContext): Promise<{ election: ElectionRow; row: CandidateRow } | null> {
  const election = await electionOf(c);
  const no = readElectionNumber(c.req.param("no"));
  if (!election || no === null) return null;
  const [rows] = await c.var.scene.db.read(listCandidates(c.var.scene, election.electionId));
  const row = rows.find(({ number }) => number === no);
  return row ? { election, row } : null;
}

async function ownPage(c: AppContext, { election, row }: { election: ElectionRow; row: CandidateRow }, typed?: Typed) {
  const { t, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const here = candidateHref(slug, election.number, row.number);
  const days = readMethod(election.method).candidatesPublicDays.value;
  const may = mayObjectToCandidate(election.state, election.candidatesPublishedAt, days, now);
  const errors = problemErrors(c, typed?.problem);
  const [openNow] = await scene.db.read(listOpenNow(scene));
  const title = t(`对候选人${row.publicName}提出异议`, `Object to ${row.publicName}`);
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={title}
      isPrivate={true}
      switchHref={`${here}/objection?lang=${t("en", "zh")}`}
      breadcrumb={[...crumbsTo(c, election), { href: here, label: row.publicName }]}
    >
      <h1>{title}</h1>
      {c.req.query("done") === undefined ? null : (
        <Callout tone="good" title={t("已收到您的异议", "Your objection is recorded")}>
          <p>{t("表决开始以前必须答复，答复会公开。", "It must be answered before voting opens, in public.")}</p>
        </Callout>
      )}
      <Refused c={c} problem={typed?.problem.errors ? undefined : typed?.problem} />
      {may.ok ? (
        <Form action={`${here}/objection`} token={formToken} once={typed?.once ?? newOnce()}>
          <ErrorSummary t={t} errors={errors} />
          <TextArea
            name="text"
            label={t("哪里不符合条件，有什么依据", "Which condition is not met, and by what evidence")}
            hint={t(
              "内容加密保存，只有答复的人看得到；答复会公开。",
              "What you write is kept encrypted for those who answer; the answer is public.",
            )}
            rows={6}
            maxlength={LONGEST_OBJECTION}
            value={typed?.text ?? ""}
            error={errorFor(errors, "text")}
          />
          <Actions>
            <Button>{t("提交异议", "Submit")}</Button>
            <ButtonLink look="quiet" href={here}>
              {t("返回", "Back")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : (
        <Refused c={c} problem={candidateProblem(may.error)} />
      )}
    </Page>,
    (typed?.problem.status ?? 200) as 422,
  );
}

candidateObjectionPages.get("/elections/:number/candidates/:no/objection", requiresOwner, async (c) => {
  const found = await candidateAt(c);
  return found ? ownPage(c, found) : c.notFound();
});

candidateObjectionPages.post("/elections/:number/candidates/:no/objection", requiresOwner, async (c) => {
  const found = await candidateAt(c);
  if (!found) return c.notFound();
  const { scene, owner } = c.var;
  const body = await c.req.parseBody({ all: true });
  const text = one(body, "text").replace(/\r\n/g, "\n");
  const once = one(body, "_once") || newOnce();
  const { election, row } = found;
  const made = await objectToCandidate(scene, election.electionId, row.number, owner, { text, once });
  if (!made.ok) return ownPage(c, found, { problem: candidateProblem(made.error), text, once });
  return c.redirect(`${candidateHref(scene.community.slug, election.number, row.number)}/objection?done=1`, 303);
});

// ——— At the desk ———

candidateObjectionPages.get("/desk/elections/:number/candidates/objections", answers, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const { t, lang, scene } = c.var;
  const [tickets] = await scene.db.read(listCandidateObjections(scene, row.electionId));
  const base = `${electionBaseOf(c, row)}/candidates/objections`;
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/candidates/objections"
      title={t("对候选人的异议", "Objections to candidates")}
      done={t("已答复，并写入公开记录", "Answered, and in the public record")}
    >
      <LinkList
        items={tickets.map((ticket, at) => ({
          href: `${base}/${ticket.objectionId}`,
          title: t(`第${at + 1}件，对${ticket.number}号`, `No. ${at + 1}, about nomination no. ${ticket.number}`),
          note: t(
            `${sayInstant(ticket.madeAt, lang)}提出，最迟${sayDay(ticket.dueOn, lang)}答复`,
            `made ${sayInstant(ticket.madeAt, lang)}, to be answered by ${sayDay(ticket.dueOn, lang)}`,
          ),
          status:
            ticket.answeredAt === null ? (
              <StatusWord tone="note">{t("等待答复", "open")}</StatusWord>
            ) : (
              <StatusWord tone="good">{t("已答复", "answered")}</StatusWord>
            ),
        }))}
        empty={
          <EmptyState title={t("没有异议", "No objection")}>
            {t("公示期间业主提出的，列在这里。", "What owners object to during the published days stands here.")}
          </EmptyState>
        }
      />
    </ElectionDesk>,
  );
});

interface PaperTyped {
  readonly candidate: string;
  readonly place: string;
  readonly text: string;
  readonly once: string;
  readonly problem?: Problem;
}

async function paperPage(c: AppContext, row: ElectionRow, typed: PaperTyped) {
  const { t, scene, formToken } = c.var;
  const base = `${electionBaseOf(c, row)}/candidates/objections`;
  const [candidates] = await scene.db.read(listCandidates(scene, row.electionId));
  const errors = problemErrors(c, typed.problem);
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/candidates/objections/new"
      title={t("登记书面异议", "Enter an objection on paper")}
      problem={typed.problem}
    >
      <Form action={`${base}/new`} token={formToken} once={typed.once || newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="candidate"
          label={t("对哪位候选人", "About which candidate")}
          value={typed.candidate}
          options={candidates.map(({ number, publicName }) => ({
            value: String(number),
            label: t(`${number}号　${publicName}`, `no. ${number}, ${publicName}`),
          }))}
        />
        <Field
          name="place"
          label={t("提出异议的业主的房号", "Home of the owner who objects")}
          hint={t("例如：3栋2单元0501", "Such as 3-2-0501")}
          value={typed.place}
          error={errorFor(errors, "place")}
          width={20}
        />
        <TextArea
          name="text"
          label={t("异议的内容", "What they wrote")}
          rows={6}
          maxlength={LONGEST_OBJECTION}
          value={typed.text}
          error={errorFor(errors, "text")}
        />
        <Actions>
          <Button>{t("登记", "Enter it")}</Button>
          <ButtonLink look="quiet" href={electionBaseOf(c, row)}>
            {t("返回", "Back")}
          </ButtonLink>
        </Actions>
      </Form>
    </ElectionDesk>,
    (typed.problem?.status ?? 200) as 422,
  );
}

const enters = requires("election.prepare");

candidateObjectionPages.get("/desk/elections/:number/candidates/objections/new", enters, async (c) => {
  const row = await electionOf(c);
  return row?.candidatesPublishedAt
    ? paperPage(c, row, { candidate: "", place: "", text: "", once: "" })
    : c.notFound();
});

candidateObjectionPages.post("/desk/elections/:number/candidates/objections/new", enters, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = {
    candidate: one(body, "candidate"),
    place: one(body, "place"),
    text: one(body, "text").replace(/\r\n/g, "\n"),
    once: one(body, "_once") || newOnce(),
  };
  const number = readElectionNumber(typed.candidate) ?? 0;
  const made = await objectOnPaper(staffScene(c), row.electionId, number, typed);
  if (!made.ok) return paperPage(c, row, { ...typed, problem: candidateProblem(made.error) });
  return c.redirect(`${electionBaseOf(c, row)}?done=1`, 303);
});

async function ticketPage(
  c: AppContext,
  row: ElectionRow,
  ticket: CandidateObjectionRow,
  typed?: { answer: string; outcome: string; problem: Problem },
) {
  const { t, lang, scene, formToken } = c.var;
  const base = `${electionBaseOf(c, row)}/candidates/objections`;
  const errors = problemErrors(c, typed?.problem);
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path={`/candidates/objections/${ticket.objectionId}`}
      title={t("答复异议", "Answer an objection")}
      problem={typed?.problem}
    >
      <FactList>
        <Fact label={t("对谁", "About")}>
          <a href={deskNominationHref(scene.community.slug, row.number, ticket.number)}>
            {t(`${ticket.number}号候选人`, `the candidate of nomination no. ${ticket.number}`)}
          </a>
        </Fact>
        <Fact label={t("提出", "Made")}>{sayInstant(ticket.madeAt, lang)}</Fact>
        <Fact label={t("内容", "Text")}>{await openCandidateObjection(scene, ticket)}</Fact>
        {ticket.answer === null ? null : <Fact label={t("答复", "Answer")}>{ticket.answer}</Fact>}
      </FactList>
      {ticket.answeredAt === null ? (
        <Form action={`${base}/${ticket.objectionId}`} token={formToken}>
          <ErrorSummary t={t} errors={errors} />
          <RadioGroup
            name="outcome"
            legend={t("结论", "Outcome")}
            hint={t(
              "成立的，请重新核对参选条件，由另一个人决定；本人可以申诉。",
              "If it is right, the conditions are checked again and another person decides; the candidate may appeal.",
            )}
            options={[
              { value: "rejected", label: t("不成立", "Not upheld") },
              { value: "upheld", label: t("成立，重新核对", "Upheld: check again") },
            ]}
            {...(typed ? { value: typed.outcome } : {})}
            error={errorFor(errors, "outcome")}
          />
          <TextArea
            name="text"
            label={t("答复（公开）", "Answer (public)")}
            hint={t("不要写个人隐私。", "Nothing private.")}
            rows={4}
            maxlength={LONGEST_ANSWER}
            value={typed?.answer ?? ""}
            error={errorFor(errors, "text")}
          />
          <Actions>
            <Button>{t("答复", "Answer")}</Button>
            <ButtonLink look="quiet" href={base}>
              {t("返回", "Back")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : null}
    </ElectionDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

async function ticketAt(c: AppContext): Promise<{ row: ElectionRow; ticket: CandidateObjectionRow } | null> {
  const row = await electionOf(c);
  if (!row) return null;
  const [tickets] = await c.var.scene.db.read(listCandidateObjections(c.var.scene, row.electionId));
  const ticket = tickets.find(({ objectionId }) => objectionId === c.req.param("objectionId"));
  return ticket ? { row, ticket } : null;
}

candidateObjectionPages.get("/desk/elections/:number/candidates/objections/:objectionId", answers, async (c) => {
  const found = await ticketAt(c);
  return found ? ticketPage(c, found.row, found.ticket) : c.notFound();
});

candidateObjectionPages.post("/desk/elections/:number/candidates/objections/:objectionId", answers, async (c) => {
  const found = await ticketAt(c);
  if (!found) return c.notFound();
  const { row, ticket } = found;
  const body = await c.req.parseBody({ all: true });
  const [outcome, answer] = [one(body, "outcome"), one(body, "text").replace(/\r\n/g, "\n")];
  if (outcome !== "upheld" && outcome !== "rejected") {
    const detail = { zh: "请选择结论。", en: "Choose the outcome." };
    const problem: Problem = {
      code: "candidate-objection-outcome",
      status: 422,
      title: detail,
      detail,
      errors: [{ pointer: "/outcome", detail }],
    };
    return ticketPage(c, row, ticket, { answer, outcome, problem });
  }
  const done = await answerCandidateObjection(staffScene(c), row.electionId, ticket.objectionId, { outcome, answer });
  if (!done.ok) return ticketPage(c, row, ticket, { answer, outcome, problem: candidateProblem(done.error) });
  return c.redirect(`${electionBaseOf(c, row)}/candidates/objections?done=1`, 303);
});
