/** Questions about a tender: everybody's list, the form behind a proved telephone, the desk's draft and its publication. Registers its section, acts and tasks. */
import { Hono } from "hono";
import { registerDeskSource } from "../../assembly/public/announcing.ts";
import { dayOf } from "../../kernel/day.ts";
import { answerClock, LONGEST_ANSWER, LONGEST_QUESTION as LONGEST_SHOWN } from "../../ledger/questions/rules.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { sendSoon } from "../../platform/outbox/actions.ts";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayDeadline } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { sayAuthor } from "../acting.ts";
import { deskTenderHref, tenderHref } from "../addresses.ts";
import { findContact, requiresContact } from "../bidders/session.ts";
import { announcedHere, tenderCrumbs } from "../bidders/signin.tsx";
import { TenderDesk, tenderBaseOf, tenderOf } from "../desk/frame.tsx";
import { registerTenderActs, registerTenderEventWords, registerTenderSection } from "../public/sections.ts";
import { askAboutTender, draftAnswer, openTenderQuestion, publishAnswer } from "./actions.ts";
import "./messages.ts";
import { tenderQuestionProblem } from "./problems.ts";
import { LONGEST_QUESTION, takesQuestions } from "./rules.ts";
import { listTenderQuestions, listWaitingTenderQuestions, type QuestionRow } from "./store.ts";

/** Mounted at /c/:slug. */
export const tenderQuestionPages = new Hono<AppEnv>();
const answers = requires("tender.draft", "tender.decide");

const askHref = (slug: string, number: number): string => `${tenderHref(slug, number)}/ask`;

/** The form's own key where it sent one that can be kept, else a fresh one. */
export const onceOf = (body: FormBody): string => {
  const sent = one(body, "_once");
  return sent.length >= 8 && sent.length <= 64 ? sent : newOnce();
};

/** How long an answer has, or that it is late. */
export const DueWord = ({
  c,
  dueOn,
  done,
  doneWords,
}: {
  c: AppContext;
  dueOn: string;
  done: boolean;
  doneWords: string;
}) => {
  const { t, lang, now } = c.var;
  const { state, daysLate } = answerClock(dueOn, done, dayOf(now));
  if (state === "answered") return <StatusWord tone="good">{doneWords}</StatusWord>;
  return state === "waiting" ? (
    <StatusWord tone="waiting">
      {t(`最迟${sayDay(dueOn, lang)}答复`, `To be answered by ${sayDay(dueOn, lang)}`)}
    </StatusWord>
  ) : (
    <StatusWord tone="bad">
      {t(`没有答复，已超过${daysLate}天`, `Not answered, ${daysLate} ${daysLate === 1 ? "day" : "days"} late`)}
    </StatusWord>
  );
};

const paragraphs = (text: string) => text.split(/\n+/).map((line) => <p>{line}</p>);

const One = ({ c, row }: { c: AppContext; row: QuestionRow }) => {
  const { t, lang } = c.var;
  const published = row.publishedAt !== null;
  return (
    <section id={`question-${row.questionNo}`}>
      <h3>
        {t(`第${row.questionNo}问`, `Question ${row.questionNo}`)}（
        {t(`${sayDay(dayOf(row.askedAt), lang)}提出`, `asked on ${sayDay(dayOf(row.askedAt), lang)}`)}）
      </h3>
      <p>
        <DueWord c={c} dueOn={row.dueOn} done={published} doneWords={t("已答复", "Answered")} />
      </p>
      {published ? (
        <>
          {paragraphs(`${t("问：", "Q: ")}${row.draftShown ?? ""}`)}
          {paragraphs(`${t("答：", "A: ")}${row.draftAnswer ?? ""}`)}
          <p class="hint">
            {sayAuthor(row.byWords ?? "", t)}，{sayDay(dayOf(row.publishedAt ?? 0), lang)}
          </p>
        </>
      ) : (
        <p class="hint">{t("内容在答复时公开。", "What is asked is published with its answer.")}</p>
      )}
    </section>
  );
};

registerTenderSection("questions", {
  place: 30,
  queries: (scene, key) => [listTenderQuestions(scene, key)] as const,
  render: (c, tender, scheme, [rows]) => {
    const { t, lang, scene, now } = c.var;
    const open = takesQuestions(tender, now);
    if (tender.noticedAt === null || scheme.lots.length === 0 || (rows.length === 0 && !open)) return null;
    return (
      <section id="questions">
        <h2>{t("提问和答复", "Questions and answers")}</h2>
        {c.req.query("done") === "asked" ? (
          <p>
            <StatusWord tone="good">
              {t("问题已提交，期限从今天起算", "Your question is in, and its clock runs")}
            </StatusWord>
          </p>
        ) : null}
        {rows.map((row) => (
          <One c={c} row={row} />
        ))}
        {rows.length === 0 ? <p>{t("还没有人提问。", "Nobody has asked yet.")}</p> : null}
        {open ? (
          <>
            <Actions>
              <ButtonLink look="quiet" href={askHref(scene.community.slug, tender.number)}>
                {t("提问", "Ask")}
              </ButtonLink>
            </Actions>
            <p class="hint">
              {t(
                `${sayDeadline(tender.questionsUntil ?? 0, lang)}以前，任何人验证手机号以后都可以问。问和答对所有人公开，不写是谁问的。`,
                `Until ${sayDeadline(tender.questionsUntil ?? 0, lang)} anybody with a proved number may ask. Questions and answers are public; who asked is not.`,
              )}
            </p>
          </>
        ) : null}
      </section>
    );
  },
});

// ——— Asking ———

async function askPage(
  c: AppContext,
  typed?: { readonly text: string; readonly problem: Problem; readonly once: string },
) {
  const { t, lang, scene, formToken, now } = c.var;
  const tender = await announcedHere(c);
  if (!tender) return c.notFound();
  const { slug } = scene.community;
  const isField = typed !== undefined && typed.problem.status === 422;
  const errors: FieldError[] = typed && isField ? [{ field: "text", message: typed.problem.detail[lang] }] : [];
  const open = takesQuestions(tender, now);
  return c.html(
    <Page {...frameOf(c)} title={t("就选聘提问", "Ask about the tender")} breadcrumb={tenderCrumbs(c, tender)}>
      <h1>{t("就选聘提问", "Ask about the tender")}</h1>
      <Refused c={c} problem={isField ? undefined : typed?.problem} />
      {open ? (
        <>
          <p class="lead">
            {t(
              "问题和答复对所有人公开，不写是谁问的。请不要写企业名称、姓名和报价。",
              "Question and answer are public; who asked is not. Please write no company, name or price.",
            )}
          </p>
          <Form action={askHref(slug, tender.number)} token={formToken} once={typed?.once ?? newOnce()}>
            <ErrorSummary t={t} errors={errors} />
            <TextArea
              name="text"
              label={t("您想问什么", "What do you want to know")}
              hint={t(`最多${LONGEST_QUESTION}字`, `At most ${LONGEST_QUESTION} characters`)}
              value={typed?.text ?? ""}
              error={errorFor(errors, "text")}
            />
            <Actions>
              <Button>{t("提交问题", "Send it")}</Button>
            </Actions>
          </Form>
        </>
      ) : (
        <EmptyState
          title={t("现在不接受提问", "No questions are taken now")}
          action={
            <ButtonLink href={`${tenderHref(slug, tender.number)}#questions`}>
              {t("看已有的答复", "Read the answers")}
            </ButtonLink>
          }
        />
      )}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

tenderQuestionPages.get("/tenders/:number/ask", requiresContact, (c) => askPage(c));

tenderQuestionPages.post("/tenders/:number/ask", requiresContact, async (c) => {
  const { scene } = c.var;
  const [tender, contact] = [await announcedHere(c), await findContact(c)];
  if (!tender || !contact) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const [text, once] = [one(body, "text"), onceOf(body)];
  const asked = await askAboutTender(scene, contact.contactId, tender.tenderId, text, once);
  if (!asked.ok) return askPage(c, { text, once, problem: tenderQuestionProblem(asked.error) });
  return c.redirect(`${tenderHref(scene.community.slug, tender.number)}?done=asked#questions`, 303);
});

// ——— The desk ———

tenderQuestionPages.get("/desk/tenders/:number/questions", answers, async (c) => {
  const drafted = await tenderOf(c);
  if (!drafted) return c.notFound();
  const { t, lang, scene } = c.var;
  const { row } = drafted;
  const [rows] = await scene.db.read(listTenderQuestions(scene, row.tenderId));
  return c.html(
    <TenderDesk
      c={c}
      row={row}
      path="/questions"
      title={t("提问和答复", "Questions and answers")}
      done={t("已保存", "Saved")}
    >
      <LinkList
        items={rows.map((each) => ({
          href: `${tenderBaseOf(c, row)}/questions/${each.questionNo}`,
          title: t(`第${each.questionNo}问`, `Question ${each.questionNo}`),
          note: t(
            `${sayDay(dayOf(each.askedAt), lang)}提出${each.version > 0 && each.publishedAt === null ? "，已拟稿，待公布" : ""}`,
            `asked on ${sayDay(dayOf(each.askedAt), lang)}${each.version > 0 && each.publishedAt === null ? ", drafted, to be published" : ""}`,
          ),
          status: (
            <DueWord c={c} dueOn={each.dueOn} done={each.publishedAt !== null} doneWords={t("已答复", "Answered")} />
          ),
        }))}
        empty={<EmptyState title={t("还没有人提问", "Nobody has asked yet")} />}
      />
    </TenderDesk>,
  );
});

async function questionHere(c: AppContext) {
  const drafted = await tenderOf(c);
  const no = c.req.param("question") ?? "";
  if (!drafted || !/^[1-9]\d{0,5}$/.test(no)) return null;
  const [rows] = await c.var.scene.db.read(listTenderQuestions(c.var.scene, drafted.row.tenderId));
  const question = rows.find(({ questionNo }) => questionNo === Number(no));
  return question ? { row: drafted.row, question } : null;
}

const FIELD_OF: Readonly<Record<string, string>> = {
  "question-shown-missing": "shown",
  "question-answer-missing": "answer",
  "question-answer-long": "answer",
  "question-names-person": "answer",
};

async function answerPage(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly shown: string; readonly answer: string },
) {
  const found = await questionHere(c);
  if (!found) return c.notFound();
  const { t, lang, scene, formToken, actor } = c.var;
  const { row, question } = found;
  const here = `${tenderBaseOf(c, row)}/questions/${question.questionNo}`;
  const asked = await openTenderQuestion(scene, row.tenderId, question);
  const field = typed ? FIELD_OF[typed.problem.code] : undefined;
  const errors: FieldError[] = typed && field ? [{ field, message: typed.problem.detail[lang] }] : [];
  const published = question.publishedAt !== null;
  return c.html(
    <TenderDesk
      c={c}
      row={row}
      path={`/questions/${question.questionNo}`}
      title={t(`第${question.questionNo}问`, `Question ${question.questionNo}`)}
    >
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      <p>
        <DueWord c={c} dueOn={question.dueOn} done={published} doneWords={t("已答复", "Answered")} />
      </p>
      <h2>{t("原话", "As it was asked")}</h2>
      {paragraphs(asked)}
      {!published && actor.permissions.has("tender.draft") ? (
        <Form action={`${here}/draft`} token={formToken} hidden={{ version: String(question.version) }}>
          <ErrorSummary t={t} errors={errors} />
          <TextArea
            name="shown"
            label={t("公开显示的问题", "The question as everybody reads it")}
            hint={t(
              `照原意写，去掉企业、姓名和电话，最多${LONGEST_SHOWN}字`,
              `As it was meant, without company, name and number; at most ${LONGEST_SHOWN} characters`,
            )}
            rows={3}
            value={typed?.shown ?? question.draftShown ?? asked.slice(0, LONGEST_SHOWN)}
            error={errorFor(errors, "shown")}
          />
          <TextArea
            name="answer"
            label={t("答复", "The answer")}
            hint={t(
              `最多${LONGEST_ANSWER}字。要改选聘文件的，请用“澄清与修改”。`,
              `At most ${LONGEST_ANSWER} characters. What changes the documents is an amendment.`,
            )}
            value={typed?.answer ?? question.draftAnswer ?? ""}
            error={errorFor(errors, "answer")}
          />
          <Actions>
            <Button>{t("保存拟稿，请主任公布", "Save; the chair publishes")}</Button>
          </Actions>
        </Form>
      ) : null}
      {question.version > 0 ? (
        <>
          <h2>{published ? t("公布的答复", "As published") : t("拟好的答复", "As drafted")}</h2>
          {paragraphs(`${t("问：", "Q: ")}${question.draftShown ?? ""}`)}
          {paragraphs(`${t("答：", "A: ")}${question.draftAnswer ?? ""}`)}
        </>
      ) : actor.permissions.has("tender.draft") ? null : (
        <p>{t("秘书还没有拟稿。", "The secretary has not drafted it yet.")}</p>
      )}
      {!published && question.version > 0 && actor.permissions.has("tender.decide") ? (
        <Form action={`${here}/publish`} token={formToken} hidden={{ version: String(question.version) }}>
          <Actions>
            <Button>{t("公布答复", "Publish the answer")}</Button>
          </Actions>
          <p class="hint">
            {t("公布后不能修改，会通知所有投标人。", "It stands once published; every bidder is told.")}
          </p>
        </Form>
      ) : null}
    </TenderDesk>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

tenderQuestionPages.get("/desk/tenders/:number/questions/:question", answers, (c) => answerPage(c));

tenderQuestionPages.post("/desk/tenders/:number/questions/:question/draft", requires("tender.draft"), async (c) => {
  const found = await questionHere(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const words = { shown: one(body, "shown"), answer: one(body, "answer") };
  const { row, question } = found;
  const saved = await draftAnswer(
    staffScene(c),
    row.tenderId,
    question.questionNo,
    Number(one(body, "version")),
    words,
  );
  if (!saved.ok) return answerPage(c, { problem: tenderQuestionProblem(saved.error), ...words });
  return c.redirect(`${tenderBaseOf(c, row)}/questions?done=1`, 303);
});

tenderQuestionPages.post("/desk/tenders/:number/questions/:question/publish", requires("tender.decide"), async (c) => {
  const found = await questionHere(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const { row, question } = found;
  const published = await publishAnswer(staffScene(c), row.tenderId, question.questionNo, Number(one(body, "version")));
  if (!published.ok)
    return answerPage(c, {
      problem: tenderQuestionProblem(published.error),
      shown: question.draftShown ?? "",
      answer: question.draftAnswer ?? "",
    });
  await sendSoon(c);
  return c.redirect(`${tenderBaseOf(c, row)}/questions?done=1`, 303);
});

registerTenderActs("questions", {
  queries: (scene, key) => [listTenderQuestions(scene, key)] as const,
  actsOf: (row, _, [questions]) => {
    const waiting = questions.filter(({ publishedAt }) => publishedAt === null).length;
    return row.noticedAt === null || questions.length === 0
      ? []
      : [
          {
            label:
              waiting > 0
                ? { zh: `答复提问（${waiting}个等待）`, en: `Answer questions (${waiting} wait)` }
                : { zh: "提问和答复", en: "Questions and answers" },
            path: "/questions",
            permissions: ["tender.draft", "tender.decide"],
            isStep: false,
            notYet: null,
          },
        ];
  },
});

registerTenderEventWords({
  question_answered: (facts, { t }) => t(`第${Number(facts.question)}问`, `question ${Number(facts.question)}`),
});

registerDeskSource("tender-questions", {
  queries: ({ scene }) => [listWaitingTenderQuestions(scene, 10)] as const,
  tasks: ({ scene }, [rows]) =>
    rows.map(({ number, title, questionNo, dueOn, drafted }) => ({
      what:
        drafted === 1
          ? { zh: "公布选聘提问的答复", en: "Publish an answer about a tender" }
          : { zh: "答复选聘提问", en: "Answer a question about a tender" },
      about: `${title}：第${questionNo}问`,
      note: null,
      permissions: drafted === 1 ? (["tender.decide"] as const) : (["tender.draft"] as const),
      href: `${deskTenderHref(scene.community.slug, number)}/questions/${questionNo}`,
      waitingHref: `${tenderHref(scene.community.slug, number)}#questions`,
      due: dueOn,
      overdue: answerClock(dueOn, false, dayOf(scene.now)).state === "overdue",
      notByAsker: false,
    })),
});
