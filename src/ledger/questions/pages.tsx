/** Asking about the accounts and answering: everybody's list, an owner's form and card, the desk's answer. Registers its tasks and card as it loads. */
import { Hono } from "hono";
import { registerDeskSource } from "../../assembly/public/announcing.ts";
import { dayOf } from "../../kernel/day.ts";
import { registerMyCard } from "../../owners/cards.ts";
import { requiresOwner } from "../../owners/session.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { accountsHref, deskVoucherHref, readCount } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { isCode } from "../books/rules.ts";
import { findVoucher } from "../books/store.ts";
import { statementsHref } from "../statements/addresses.ts";
import { answerQuestion, askQuestion, openQuestion } from "./actions.ts";
import { questionProblem } from "./problems.ts";
import { answerClock, isSubject, LONGEST_ANSWER, LONGEST_QUESTION, type Subject } from "./rules.ts";
import { About, askHref, deskQuestionsHref, QuestionState, Questions, questionsHref } from "./shown.tsx";
import { findQuestion, listQuestions, listQuestionsOf, listWaitingQuestions } from "./store.ts";

/** Mounted at /c/:slug. */
export const questionRoutes = new Hono<AppEnv>();
const A_PAGE = 20;
const answers = requires("ledger.review", "ledger.approve");

questionRoutes.get("/accounts/questions", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const before = readCount(c.req.query("before") ?? "99999999");
  if (before === null) return c.notFound();
  const [rows] = await scene.db.read(listQuestions(scene, { limit: A_PAGE + 1, before }));
  const shown = rows.slice(0, A_PAGE);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("业主的提问", "Owners' questions")}
      breadcrumb={[{ href: accountsHref(slug), label: t("公开账目", "Public accounts") }]}
      switchHref={`${questionsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("业主的提问", "Owners' questions")}</h1>
      <Done c={c} words={t("您的问题已提交，期限从今天起算", "Your question is in, and its clock runs")} />
      {shown.length === 0 ? (
        <EmptyState title={t("还没有人提问", "Nobody has asked yet")}>
          {t(
            "业主可以就任何一份公示的任何一行、任何一张凭证提问。问题和答复会列在这里，没有答复的也看得到。",
            "Owners ask about any line of a statement and any voucher. Questions and answers stand here, and so do those that wait.",
          )}{" "}
          <a href={statementsHref(slug)}>{t("看收支公示", "Read the statements")}</a>
        </EmptyState>
      ) : (
        <>
          <h2>{t("新的在前", "The newest first")}</h2>
          <Questions c={c} rows={shown} />
        </>
      )}
      {rows.length > A_PAGE ? (
        <p>
          <a href={`${questionsHref(slug)}?before=${shown.at(-1)!.number}`}>{t("更早的提问", "Earlier ones")}</a>
        </p>
      ) : null}
    </Page>,
  );
});

// ——— An owner asks ———

const readSubject = (c: AppContext): { about: Subject; aboutId: string; account: string } | null => {
  const [about, aboutId, account] = [c.req.param("about"), c.req.param("of"), c.req.param("account")];
  if (!about || !isSubject(about) || !aboutId || !account || (account !== "all" && !isCode(account))) return null;
  return { about, aboutId, account: account === "all" ? "" : account };
};

questionRoutes.get("/accounts/ask/:about/:of/:account", requiresOwner, (c) => askPage(c));

async function askPage(c: AppContext, typed?: { readonly problem: Problem; readonly text: string }) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const subject = readSubject(c);
  if (!subject) return c.notFound();
  const [vouchers] = await scene.db.read(findVoucher(scene, subject.about === "voucher" ? subject.aboutId : ""));
  const stored = vouchers[0];
  if (subject.about === "voucher" && stored?.state !== "posted") return c.notFound();
  const voucher = { book: stored?.book ?? null, period: stored?.period ?? null, voucherNumber: stored?.number ?? null };
  const isField = typed?.problem.code === "question-missing" || typed?.problem.code === "question-long";
  const errors: FieldError[] = typed && isField ? [{ field: "text", message: typed.problem.detail[lang] }] : [];
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("就账目提问", "Ask about the accounts")}
      breadcrumb={[{ href: accountsHref(slug), label: t("公开账目", "Public accounts") }]}
    >
      <h1>{t("就账目提问", "Ask about the accounts")}</h1>
      <p>
        {t("关于：", "About: ")}
        <About c={c} row={{ ...subject, ...voucher }} />
      </p>
      <p class="lead">
        {t(
          "会计或主任要在期限内答复，答复对所有人公开。您的姓名不会公开；问题的内容在答复时公开，隐去个人信息。",
          "The accountant or the chair answers within the term, publicly. Your name is not shown; what you ask is published with the answer, naming nobody.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      <Form
        action={askHref(slug, subject.about, subject.aboutId, subject.account || "all")}
        token={formToken}
        once={newOnce()}
      >
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
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

questionRoutes.post("/accounts/ask/:about/:of/:account", requiresOwner, async (c) => {
  const { scene, owner } = c.var;
  const subject = readSubject(c);
  if (!subject) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const text = one(body, "text");
  const asked = await askQuestion(scene, owner, { ...subject, text }, one(body, "_once") || newOnce());
  if (!asked.ok) return askPage(c, { problem: questionProblem(asked.error), text });
  return c.redirect(`${questionsHref(scene.community.slug)}?done=1#q${asked.value.number}`, 303);
});

registerMyCard("ledger-questions", {
  place: 70,
  queries: ({ scene, owner }) => [listQuestionsOf(scene, owner.partyId, 5)] as const,
  render: (c, _, [rows]) => {
    const { t, lang, scene } = c.var;
    if (rows.length === 0) return null;
    return (
      <section>
        <h3>{t("您就账目提的问题", "What you asked about the accounts")}</h3>
        <LinkList
          items={rows.map((row) => ({
            href: `${questionsHref(scene.community.slug)}#q${row.number}`,
            title: t(`第${row.number}问`, `Question ${row.number}`),
            note: t(`${sayDay(dayOf(row.askedAt), lang)}提出`, `asked ${sayDay(dayOf(row.askedAt), lang)}`),
            status: <QuestionState c={c} row={row} />,
          }))}
        />
      </section>
    );
  },
});

// ——— The desk answers ———

const MOST_WAITING_SHOWN = 50;

questionRoutes.get("/desk/ledger/questions", answers, async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const [rows] = await scene.db.read(listWaitingQuestions(scene, MOST_WAITING_SHOWN));
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("业主的提问", "Owners' questions")}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${deskQuestionsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("等待答复的提问", "Questions that wait")}</h1>
      <Done c={c} words={t("答复已公布，并写入公开记录", "The answer is published, and in the public record")} />
      <LinkList
        items={rows.map((row) => ({
          href: `${deskQuestionsHref(slug)}/${row.number}`,
          title: t(`第${row.number}问`, `Question ${row.number}`),
          note: t(`${sayDay(dayOf(row.askedAt), lang)}提出`, `asked ${sayDay(dayOf(row.askedAt), lang)}`),
          status: <QuestionState c={c} row={row} />,
        }))}
        empty={
          <EmptyState title={t("没有等待答复的提问", "None waits")}>
            <a href={questionsHref(slug)}>{t("看已经答复的", "Read those answered")}</a>
          </EmptyState>
        }
      />
    </Page>,
  );
});

questionRoutes.get("/desk/ledger/questions/:number", answers, (c) => answerPage(c));

async function answerPage(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly shown: string; readonly answer: string },
) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  if (!number) return c.notFound();
  const [rows] = await scene.db.read(findQuestion(scene, number));
  const row = rows[0];
  if (!row) return c.notFound();
  const { text } = await openQuestion(scene, row);
  const fields: Readonly<Record<string, string>> = {
    "question-shown-missing": "shown",
    "question-answer-missing": "answer",
    "question-answer-long": "answer",
    "question-names-person": "answer",
  };
  const field = typed ? fields[typed.problem.code] : undefined;
  const errors: FieldError[] = typed && field ? [{ field, message: typed.problem.detail[lang] }] : [];
  const here = `${deskQuestionsHref(slug)}/${number}`;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t(`第${number}问`, `Question ${number}`)}
      breadcrumb={[...deskCrumbs(c), { href: deskQuestionsHref(slug), label: t("业主的提问", "Questions") }]}
    >
      <h1>{t(`第${number}问`, `Question ${number}`)}</h1>
      <p>
        <QuestionState c={c} row={row} />
      </p>
      <p>
        {t("关于：", "About: ")}
        <About c={c} row={row} />
        {row.about === "voucher" ? (
          <>
            {" "}
            <a href={deskVoucherHref(slug, row.aboutId)}>{t("在工作台看这张凭证", "the voucher at the desk")}</a>
          </>
        ) : null}
      </p>
      <h2>{t("业主的原话", "In the owner's words")}</h2>
      {text.split(/\n+/).map((line) => (
        <p>{line}</p>
      ))}
      {row.answer === null ? (
        <>
          <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
          <Form action={here} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <TextArea
              name="shown"
              label={t("公开显示的问题", "The question as everybody reads it")}
              hint={t("照原意写，去掉姓名、房号、电话。", "As it was meant; without names, rooms and numbers.")}
              value={typed?.shown ?? text}
              rows={3}
              error={errorFor(errors, "shown")}
            />
            <TextArea
              name="answer"
              label={t("答复", "The answer")}
              hint={t(
                `公开，最多${LONGEST_ANSWER}字。公布后不能修改。`,
                `Public, at most ${LONGEST_ANSWER} characters. It stands once published.`,
              )}
              value={typed?.answer ?? ""}
              error={errorFor(errors, "answer")}
            />
            <Actions>
              <Button>{t("公布答复", "Publish the answer")}</Button>
            </Actions>
          </Form>
        </>
      ) : (
        <p>
          <a href={`${questionsHref(slug)}#q${number}`}>{t("看公开的答复", "Read the published answer")}</a>
        </p>
      )}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

questionRoutes.post("/desk/ledger/questions/:number", answers, async (c) => {
  const number = readCount(c.req.param("number"));
  if (!number) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const words = { shown: one(body, "shown"), answer: one(body, "answer") };
  const answered = await answerQuestion(staffScene(c), number, words);
  if (!answered.ok && answered.error.reason === "unknown_question") return c.notFound();
  if (!answered.ok) return answerPage(c, { problem: questionProblem(answered.error), ...words });
  return c.redirect(`${deskQuestionsHref(c.var.scene.community.slug)}?done=1`, 303);
});

registerDeskSource("ledger-questions", {
  queries: ({ scene }) => [listWaitingQuestions(scene, 10)] as const,
  tasks: ({ scene }, [rows]) =>
    rows.map((row) => ({
      what: { zh: "答复业主对账目的提问", en: "Answer an owner's question about the accounts" },
      about: `第${row.number}问`,
      note: null,
      permissions: ["ledger.review", "ledger.approve"] as const,
      href: `${deskQuestionsHref(scene.community.slug)}/${row.number}`,
      waitingHref: questionsHref(scene.community.slug),
      due: row.dueOn,
      overdue: answerClock(row.dueOn, false, dayOf(scene.now)).state === "overdue",
      notByAsker: false,
    })),
});
