/** Objections at the desk: the list by the day each is due, and the routes that answer one. Not how they are raised, nor how one looks. */
import { Hono } from "hono";
import { answerObjection as answerRoll } from "../../community/snapshot/objections/actions.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { objectionProblem } from "../ballots/objecting.ts";
import { meetingHref } from "../meeting/addresses.ts";
import { meetingProblem } from "../meeting/problems.ts";
import type { MeetingRow } from "../meeting/store.ts";
import { answerObjection } from "./actions.ts";
import { answerPage } from "./answer-page.tsx";
import { baseOf, ResultDesk } from "./desk-frame.tsx";
import { aboutWords, type LoadedObjections, loadObjections, ObjectionFacts, type Shown } from "./objections-shown.tsx";

export const objectionPages = new Hono<AppEnv>();
const answers = requires("objection.answer");
const PATH = "/desk/meetings/:number/objections";

objectionPages.get(PATH, answers, async (c) => {
  const loaded = await loadObjections(c);
  return loaded ? listPage(c, loaded) : c.notFound();
});

function listPage(c: AppContext, { row, objections }: LoadedObjections) {
  const { t, scene } = c.var;
  const open = objections.filter(({ answeredAt }) => answeredAt === null).toSorted((a, b) => a.dueAt - b.dueAt);
  const answered = objections.filter(({ answeredAt }) => answeredAt !== null);
  return c.html(
    <ResultDesk
      c={c}
      row={row}
      path="/objections"
      title={t("异议和答复", "Objections and answers")}
      done={t("答复已保存，并写入公开记录", "Answered, and in the public record")}
    >
      <p class="lead">
        {t(
          "业主的异议要逐件书面答复。名册异议没有答复完，不能开始表决；结果异议没有答复完，结果不能确定。",
          "Each objection is answered in writing. Voting does not open while one to the roll is open, and the result is not final while one to it is.",
        )}
      </p>
      <h2>{t(`等待答复（${open.length}）`, `Waiting (${open.length})`)}</h2>
      {open.length === 0 ? (
        <EmptyState title={t("没有等待答复的异议", "None is waiting")}>
          {objections.length === 0
            ? t("业主在自己的链接里提出的异议会出现在这里。", "What owners raise through their links appears here.")
            : t("收到的异议都已答复。", "All are answered.")}
        </EmptyState>
      ) : (
        open.map((one) => <ObjectionCard c={c} row={row} one={one} />)
      )}
      {answered.length > 0 ? (
        <>
          <h2>{t(`已经答复（${answered.length}）`, `Answered (${answered.length})`)}</h2>
          {answered.map((one) => (
            <ObjectionCard c={c} row={row} one={one} />
          ))}
          <Actions>
            <ButtonLink look="quiet" href={`${meetingHref(scene.community.slug, row.number)}#objections`}>
              {t("公开页面上的答复", "The answers on the public page")}
            </ButtonLink>
          </Actions>
        </>
      ) : null}
    </ResultDesk>,
  );
}

const ObjectionCard = ({ c, row, one }: { c: AppContext; row: MeetingRow; one: Shown }) => {
  const { t } = c.var;
  return (
    <section id={`o-${one.id}`}>
      <h3>
        {one.title} <small>（{aboutWords(one, c)}）</small>
      </h3>
      <ObjectionFacts c={c} one={one} />
      {one.answeredAt === null ? (
        <Actions>
          <ButtonLink href={`${baseOf(c, row)}${one.path}`} look="quiet">
            {t("答复这件异议", "Answer it")}
          </ButtonLink>
        </Actions>
      ) : null}
    </section>
  );
};

/** The objection of an address, among those of its meeting: one of another meeting is not there. */
async function loadOne(c: AppContext, about: "roll" | "ticket"): Promise<{ row: MeetingRow; one: Shown } | null> {
  const loaded = await loadObjections(c);
  const id = c.req.param("objectionId");
  const one = loaded?.objections.find((known) => known.id === id && (known.about === "roll") === (about === "roll"));
  return loaded && one ? { row: loaded.row, one } : null;
}

const back = (c: AppContext, row: MeetingRow, one: Shown): Response =>
  c.redirect(`${baseOf(c, row)}/objections?done=1#o-${one.id}`, 303);

objectionPages.get(`${PATH}/:objectionId`, answers, async (c) => {
  const found = await loadOne(c, "ticket");
  return found ? answerPage(c, found.row, found.one) : c.notFound();
});

objectionPages.post(`${PATH}/:objectionId`, answers, async (c) => {
  const found = await loadOne(c, "ticket");
  if (!found) return c.notFound();
  const { row, one: shown } = found;
  const text = one(await c.req.parseBody({ all: true }), "answer");
  const done = await answerObjection(staffScene(c), row.meetingId as MeetingId, shown.id, text);
  if (done.ok) return back(c, row, shown);
  const problem = meetingProblem(done.error);
  return problem.status === 404
    ? problemResponse(c, problem)
    : answerPage(c, row, shown, { problem, text, outcome: "" });
});

objectionPages.get(`${PATH}/roll/:objectionId`, answers, async (c) => {
  const found = await loadOne(c, "roll");
  return found ? answerPage(c, found.row, found.one) : c.notFound();
});

const OUTCOME_MISSING: Problem = {
  code: "outcome-missing",
  status: 422,
  title: { zh: "答复没有保存", en: "The answer was not saved" },
  detail: { zh: "请选异议是否成立。", en: "Say whether the objection is upheld." },
};

objectionPages.post(`${PATH}/roll/:objectionId`, answers, async (c) => {
  const found = await loadOne(c, "roll");
  if (!found) return c.notFound();
  const { row, one: shown } = found;
  const body = await c.req.parseBody({ all: true });
  const [text, chosen] = [one(body, "answer"), one(body, "outcome")];
  const outcome = chosen === "upheld" || chosen === "rejected" ? chosen : null;
  const again = (problem: Problem) => answerPage(c, row, shown, { problem, text, outcome: chosen });
  if (!outcome) return again(OUTCOME_MISSING);
  const isRepeat =
    shown.answeredBy === c.var.actor.personId && shown.answer === text.trim() && shown.outcome === outcome;
  if (isRepeat) return back(c, row, shown);
  const done = await answerRoll(staffScene(c), shown.id, { outcome, text });
  if (done.ok) return back(c, row, shown);
  // The voter's words for an empty objection ask for what is wrong; an empty answer is just empty.
  if (done.error.reason === "objection_empty") return again(meetingProblem({ reason: "text_missing" }));
  return again(objectionProblem(done.error));
});
