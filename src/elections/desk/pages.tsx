/** Elections at the desk: the list, and one election with what can be done now, by whom, and for the rest why not yet. Opening and closing nominations stand here too. */

import { Hono } from "hono";
import { pageAsked } from "../../assembly/public/frame.tsx";
import { addDays, dayOf } from "../../kernel/day.ts";
import type { Result } from "../../kernel/result.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { pick } from "../../platform/i18n.ts";
import { MatterActs } from "../../platform/matter.tsx";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { DateTimeField, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { EmptyState, Refusal } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { deskElectionHref, deskElectionsHref, electionHref } from "../addresses.ts";
import { LONGEST_WHY } from "../calling/rules.ts";
import { readMethod } from "../method/rules.ts";
import { MethodWords } from "../method/section.tsx";
import { closeNominationsByHand, extendNominations, moveFacts, openNominations } from "../moving/actions.ts";
import { mayOpenNominations } from "../moving/rules.ts";
import { electionProblem, type PreparingRefusal } from "../problems.ts";
import { Course, Next } from "../public/course.tsx";
import { electionItem } from "../public/pages.tsx";
import { electionActs } from "../public/sections.ts";
import { countElections, type ElectionStanding, findElectionStanding, listElections } from "../store.ts";
import { STATE_TONE, STATE_WORDS } from "../words.ts";
import { ElectionDesk, electionBaseOf, electionKeyOf } from "./frame.tsx";
import { READS } from "./reads.ts";

/** Mounted under /c/:slug. */
export const electionDeskPages = new Hono<AppEnv>();

const reads = requires(...READS);
const decides = requires("election.decide");
const A_PAGE = 20;

electionDeskPages.get("/desk/elections", reads, async (c) => {
  const { t, scene, actor } = c.var;
  const { slug } = scene.community;
  const page = pageAsked(c);
  const [count, rows] = await scene.db.read(
    countElections(scene),
    listElections(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  const call = actor.permissions.has("election.call") ? (
    <ButtonLink href={`${deskElectionsHref(slug)}/new`}>{t("发起选举", "Call an election")}</ButtonLink>
  ) : undefined;
  return c.html(
    <ElectionDesk c={c} row={null} path="" title={t("业主委员会选举", "Elections of the committee")}>
      <LinkList
        items={rows.map((row) => ({ ...electionItem(row, c), href: deskElectionHref(slug, row.number) }))}
        empty={
          <EmptyState title={t("还没有选举", "No election yet")} action={call}>
            {t(
              "由街道办事处或业主委员会发起，再成立小组、提名候选人、提交业主大会表决。",
              "The street or the committee calls one; then a group is formed, candidates are named, and the owners vote.",
            )}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}`} />
      {call && rows.length > 0 ? <Actions>{call}</Actions> : null}
    </ElectionDesk>,
  );
});

/** The election of the address with what its next step hangs on. */
async function standingOf(c: AppContext): Promise<ElectionStanding | null> {
  const key = electionKeyOf(c);
  if (key === null) return null;
  const [rows] = await c.var.scene.db.read(findElectionStanding(c.var.scene, key));
  return rows[0] ?? null;
}

electionDeskPages.get("/desk/elections/:number", reads, async (c) => {
  const row = await standingOf(c);
  return row ? overviewPage(c, row) : c.notFound();
});

function overviewPage(c: AppContext, row: ElectionStanding) {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const base = electionBaseOf(c, row);
  return c.html(
    <ElectionDesk c={c} row={row} path="" title={row.title} done={t("已记录", "Recorded")}>
      <p>
        <StatusWord tone={STATE_TONE[row.state]}>{pick(STATE_WORDS[row.state], lang)}</StatusWord>
      </p>
      <Next c={c} row={row} />
      <MatterActs c={c} acts={electionActs(row, now)} base={base} />
      <h2>{t("选举进程", "Course of the election")}</h2>
      <Course c={c} row={row} />
      <h2>{t("选举办法", "The method")}</h2>
      <MethodWords c={c} row={row} method={readMethod(row.method)} />
      <p>
        <a href={electionHref(slug, row.number)}>{t("业主看到的选举页面", "The page owners see")}</a>
      </p>
    </ElectionDesk>,
  );
}

// ——— Opening, closing and extending nominations ———

electionDeskPages.get("/desk/elections/:number/open", decides, async (c) => {
  const row = await standingOf(c);
  return row ? openPage(c, row) : c.notFound();
});

function openPage(c: AppContext, row: ElectionStanding, problem?: Problem) {
  const { t, lang, now, formToken } = c.var;
  const base = electionBaseOf(c, row);
  const may = mayOpenNominations(moveFacts(row, row.openObjections), now);
  const why = may.ok ? problem : electionProblem(may.error);
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/open"
      title={t("开始提名", "Open nominations")}
      problem={may.ok ? problem : undefined}
    >
      {may.ok ? (
        <Form action={`${base}/open`} token={formToken}>
          <p>
            {t(
              `从现在起可以提名候选人，到${sayDeadline(may.value.closeAt, "zh")}截止。开始以后，委员人数、提名方式、联名人数、任期和提名天数不能再改。`,
              `Candidates can be named from now until ${sayDeadline(may.value.closeAt, "en")}. From then on the number of members, the ways to be named, joint supporters, the term and the days of nominations stand.`,
            )}
          </p>
          <MethodWords c={c} row={row} method={readMethod(row.method)} />
          <Actions>
            <Button>{t("开始提名", "Open nominations")}</Button>
            <ButtonLink look="quiet" href={base}>
              {t("先不开始", "Not now")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : why ? (
        <>
          <Refusal
            t={t}
            what={why.title[lang]}
            why={why.detail[lang]}
            {...(why.article ? { article: why.article } : {})}
            {...(why.next ? { next: why.next[lang] } : {})}
          />
          <p>
            <a href={base}>{t("回到选举", "Back to the election")}</a>
          </p>
        </>
      ) : null}
    </ElectionDesk>,
    (problem?.status ?? 200) as 409,
  );
}

/** What a move answered: on to the election, or the page of the move with its refusal. */
async function answered(
  c: AppContext,
  row: ElectionStanding,
  moved: Result<unknown, PreparingRefusal>,
  again: (c: AppContext, row: ElectionStanding, problem: Problem) => Response | Promise<Response>,
): Promise<Response> {
  if (moved.ok) return c.redirect(`${electionBaseOf(c, row)}?done=1`, 303);
  const problem = electionProblem(moved.error);
  const fresh = await standingOf(c);
  return fresh ? again(c, fresh, problem) : problemResponse(c, problem);
}

electionDeskPages.post("/desk/elections/:number/open", decides, async (c) => {
  const row = await standingOf(c);
  if (!row) return c.notFound();
  return answered(c, row, await openNominations(staffScene(c), row.electionId), openPage);
});

electionDeskPages.post("/desk/elections/:number/close", decides, async (c) => {
  const row = await standingOf(c);
  if (!row) return c.notFound();
  return answered(c, row, await closeNominationsByHand(staffScene(c), row.electionId), closePage);
});

electionDeskPages.get("/desk/elections/:number/close", decides, async (c) => {
  const row = await standingOf(c);
  return row ? closePage(c, row) : c.notFound();
});

function closePage(c: AppContext, row: ElectionStanding, problem?: Problem) {
  const { t, formToken, now } = c.var;
  const base = electionBaseOf(c, row);
  const isDue = row.state === "nominating" && row.nominationsCloseAt !== null && now >= row.nominationsCloseAt;
  return c.html(
    <ElectionDesk c={c} row={row} path="/close" title={t("截止提名", "Close nominations")} problem={problem}>
      {isDue ? (
        <Form action={`${base}/close`} token={formToken}>
          <p>
            {t("截止时间已到。截止以后开始审核资格。", "Their time has come. Eligibility is checked from then on.")}
          </p>
          <Actions>
            <Button>{t("截止提名", "Close nominations")}</Button>
          </Actions>
        </Form>
      ) : (
        <p>
          {row.nominationsCloseAt !== null && row.state === "nominating"
            ? t(
                `已公布提名到${sayDeadline(row.nominationsCloseAt, "zh")}截止，到时系统自动截止，不能提前。`,
                `They were announced until ${sayDeadline(row.nominationsCloseAt, "en")} and close by themselves then, not before.`,
              )
            : t("提名现在没有开放。", "Nominations are not open now.")}
        </p>
      )}
    </ElectionDesk>,
    (problem?.status ?? 200) as 409,
  );
}

electionDeskPages.get("/desk/elections/:number/extend", decides, async (c) => {
  const row = await standingOf(c);
  return row ? extendPage(c, row) : c.notFound();
});

function extendPage(
  c: AppContext,
  row: ElectionStanding,
  typed?: { readonly problem: Problem; readonly untilOn: string; readonly why: string },
) {
  const { t, formToken, now } = c.var;
  const base = electionBaseOf(c, row);
  const errors = problemErrors(c, typed?.problem);
  const suggested = addDays(dayOf(Math.max(now, (row.nominationsCloseAt ?? now) - 1)), 7);
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/extend"
      title={t("延长或重新开放提名", "Extend or reopen nominations")}
      problem={typed?.problem}
    >
      <p>
        {t(
          "候选人不够席位数时，可以延长提名；审核中的，重新回到提名。原因会公开。",
          "Where too few stand, nominations stay open or open again. The reason is public.",
        )}
      </p>
      <Form action={`${base}/extend`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <DateTimeField
          kind="date"
          name="untilOn"
          label={t("延长到（这天24:00截止）", "Until (24:00 of this day)")}
          value={typed?.untilOn ?? suggested}
          error={errorFor(errors, "untilOn")}
        />
        <TextArea
          name="why"
          label={t("原因", "Reason")}
          rows={3}
          maxlength={LONGEST_WHY}
          value={typed?.why ?? ""}
          error={errorFor(errors, "why")}
        />
        <Actions>
          <Button>{t("延长提名", "Extend nominations")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("不延长", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </ElectionDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

electionDeskPages.post("/desk/elections/:number/extend", decides, async (c) => {
  const row = await standingOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = { untilOn: one(body, "untilOn"), why: one(body, "why") };
  const moved = await extendNominations(staffScene(c), row.electionId, typed);
  return answered(c, row, moved, (again, fresh, problem) => extendPage(again, fresh, { problem, ...typed }));
});
