/** Objections to the group: an owner's own page, paper entered at the desk, and the answers. The acts are objecting.ts. */
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
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { electionHref } from "../addresses.ts";
import { ElectionDesk, electionBaseOf, electionOf } from "../desk/frame.tsx";
import { readMethod } from "../method/rules.ts";
import { electionProblem } from "../problems.ts";
import type { ElectionRow } from "../store.ts";
import {
  answerObjection,
  factsOf,
  LONGEST_ANSWER,
  LONGEST_OBJECTION,
  objectAsOwner,
  objectOnPaper,
  openGroupObjection,
} from "./objecting.ts";
import { groupUntil, mayObjectToGroup } from "./rules.ts";
import { MemberTable, openMembers } from "./section.tsx";
import { type GroupObjectionRow, listGroup, listGroupObjections } from "./store.ts";

/** Mounted under /c/:slug. */
export const groupObjectionPages = new Hono<AppEnv>();
const answers = requires("election.appeal", "election.decide");
const enters = requires("election.prepare", "election.appeal");

interface Typed {
  readonly problem: Problem;
  readonly text: string;
  readonly home: string;
  readonly once: string;
}

// ——— An owner's own ———

async function ownPage(c: AppContext, row: ElectionRow, typed?: Typed) {
  const { t, lang, scene, owner, formToken, now } = c.var;
  const { slug } = scene.community;
  const base = electionHref(slug, row.number);
  const [objections, openNow, stored] = await scene.db.read(
    listGroupObjections(scene, row.electionId),
    listOpenNow(scene),
    listGroup(scene, row.electionId),
  );
  const members = await openMembers(c, stored);
  const own = await Promise.all(
    objections
      .filter(({ madeBy }) => madeBy === owner.partyId)
      .map(async (one) => ({ ...one, text: await openGroupObjection(scene, one) })),
  );
  const may = mayObjectToGroup(factsOf(row), now);
  const errors = problemErrors(c, typed?.problem);
  const until =
    row.groupPublishedAt === null
      ? null
      : groupUntil(row.groupPublishedAt, readMethod(row.method).groupPublicationDays.value);
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("对小组名单提出异议", "Object to the group's list")}
      isPrivate={true}
      switchHref={`${base}/objection?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: base, label: row.title }]}
    >
      <h1>{t("对小组名单提出异议", "Object to the group's list")}</h1>
      {c.req.query("done") === undefined ? null : (
        <Callout tone="good" title={t("已收到您的异议", "Your objection is recorded")}>
          <p>{t("提名开始以前必须答复，答复会公开。", "It must be answered before nominations open, in public.")}</p>
        </Callout>
      )}
      <Refused c={c} problem={typed?.problem.errors ? undefined : typed?.problem} />
      {members.length > 0 ? <MemberTable c={c} members={members} /> : null}
      {own.map((one) => (
        <FactList>
          <Fact label={t("您提出的", "You wrote")}>{one.text}</Fact>
          <Fact label={t("时间", "When")}>{sayInstant(one.madeAt, lang)}</Fact>
          <Fact label={t("答复", "Answer")}>{one.answer ?? t("尚未答复", "Not answered yet")}</Fact>
        </FactList>
      ))}
      {may.ok && until !== null ? (
        <Form action={`${base}/objection`} token={formToken} once={typed?.once ?? newOnce()}>
          <ErrorSummary t={t} errors={errors} />
          <TextArea
            name="text"
            label={t("哪里不妥，为什么", "What is wrong, and why")}
            hint={t(
              `到${sayDeadline(until, "zh")}截止。内容加密保存，只有答复的人看得到；答复会公开。`,
              `Until ${sayDeadline(until, "en")}. What you write is kept encrypted for those who answer; the answer is public.`,
            )}
            rows={6}
            maxlength={LONGEST_OBJECTION}
            value={typed?.text ?? ""}
            error={errorFor(errors, "text")}
          />
          <Actions>
            <Button>{t("提交异议", "Submit")}</Button>
            <ButtonLink look="quiet" href={base}>
              {t("回到选举", "Back to the election")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : (
        <Refused c={c} problem={may.ok ? undefined : electionProblem(may.error)} />
      )}
    </Page>,
    (typed?.problem.status ?? 200) as 422,
  );
}

groupObjectionPages.get("/elections/:number/objection", requiresOwner, async (c) => {
  const row = await electionOf(c);
  return row ? ownPage(c, row) : c.notFound();
});

groupObjectionPages.post("/elections/:number/objection", requiresOwner, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const { scene, owner } = c.var;
  const body = await c.req.parseBody({ all: true });
  const text = one(body, "text").replace(/\r\n/g, "\n");
  const once = one(body, "_once") || newOnce();
  const made = await objectAsOwner(scene, owner, row.electionId, { text, once });
  if (!made.ok) return ownPage(c, row, { problem: electionProblem(made.error), text, home: "", once });
  return c.redirect(`${electionHref(scene.community.slug, row.number)}/objection?done=1`, 303);
});

// ——— At the desk ———

groupObjectionPages.get("/desk/elections/:number/group/objections", answers, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const { t, lang, scene } = c.var;
  const [objections] = await scene.db.read(listGroupObjections(scene, row.electionId));
  const base = `${electionBaseOf(c, row)}/group/objections`;
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/group/objections"
      title={t("对小组名单的异议", "Objections to the group")}
      done={t("已记录", "Recorded")}
    >
      <LinkList
        items={objections.map(({ objectionNo, madeAt, channel, answer }) => ({
          href: `${base}/${objectionNo}`,
          title: t(`第${objectionNo}件`, `No. ${objectionNo}`),
          note: `${sayInstant(madeAt, lang)} · ${channel === "paper" ? t("书面", "on paper") : t("网上", "online")}`,
          status:
            answer === null ? (
              <StatusWord tone="active">{t("等待答复", "To be answered")}</StatusWord>
            ) : (
              <StatusWord tone="good">{t("已答复", "Answered")}</StatusWord>
            ),
        }))}
        empty={
          <EmptyState title={t("没有异议", "No objections")}>
            {t(
              "业主在公示期内提出的异议会列在这里，逐件答复以后才能开始提名。",
              "What owners object to while the list is published stands here; nominations open when each is answered.",
            )}
          </EmptyState>
        }
      />
    </ElectionDesk>,
  );
});

function paperPage(c: AppContext, row: ElectionRow, typed?: Typed) {
  const { t, formToken, now } = c.var;
  const base = electionBaseOf(c, row);
  const errors = problemErrors(c, typed?.problem);
  const may = mayObjectToGroup(factsOf(row), now);
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/group/objections/new"
      title={t("登记书面异议", "Enter an objection on paper")}
      done={t("已登记", "Entered")}
      problem={typed?.problem ?? (may.ok ? undefined : electionProblem(may.error))}
    >
      {may.ok ? (
        <Form action={`${base}/group/objections/new`} token={formToken} once={typed?.once ?? newOnce()}>
          <ErrorSummary t={t} errors={errors} />
          <Field
            name="home"
            label={t("业主的房屋", "The owner's home")}
            hint={t("按名册填写，例如：2栋 1单元 0301", "As on the roll, such as 2栋 1单元 0301")}
            value={typed?.home ?? ""}
            error={errorFor(errors, "home")}
          />
          <TextArea
            name="text"
            label={t("异议内容", "What they object to")}
            hint={t("照业主写的登记，加密保存。", "As the owner wrote it; kept encrypted.")}
            rows={6}
            maxlength={LONGEST_OBJECTION}
            value={typed?.text ?? ""}
            error={errorFor(errors, "text")}
          />
          <Actions>
            <Button>{t("登记", "Enter it")}</Button>
            <ButtonLink look="quiet" href={base}>
              {t("回到选举", "Back")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : null}
    </ElectionDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

groupObjectionPages.get("/desk/elections/:number/group/objections/new", enters, async (c) => {
  const row = await electionOf(c);
  return row ? paperPage(c, row) : c.notFound();
});

groupObjectionPages.post("/desk/elections/:number/group/objections/new", enters, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = {
    text: one(body, "text").replace(/\r\n/g, "\n"),
    home: one(body, "home"),
    once: one(body, "_once") || newOnce(),
  };
  const made = await objectOnPaper(staffScene(c), row.electionId, typed);
  if (!made.ok) return paperPage(c, row, { problem: electionProblem(made.error), ...typed });
  return c.redirect(`${electionBaseOf(c, row)}/group/objections/new?done=1`, 303);
});

/** The objection of the address, and its number; null where there is none. */
async function objectionOf(c: AppContext, row: ElectionRow): Promise<GroupObjectionRow | null> {
  const { scene } = c.var;
  const [objections] = await scene.db.read(listGroupObjections(scene, row.electionId));
  return objections.find(({ objectionNo }) => String(objectionNo) === c.req.param("no")) ?? null;
}

async function answerPage(
  c: AppContext,
  row: ElectionRow,
  found: GroupObjectionRow,
  typed?: Omit<Typed, "home" | "once">,
) {
  const { t, lang, scene, formToken } = c.var;
  const path = `/group/objections/${found.objectionNo}`;
  const errors = problemErrors(c, typed?.problem);
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path={path}
      title={t(`第${found.objectionNo}件异议`, `Objection no. ${found.objectionNo}`)}
      problem={typed?.problem}
    >
      <FactList>
        <Fact label={t("提出", "Made")}>{sayInstant(found.madeAt, lang)}</Fact>
        <Fact label={t("内容", "Text")}>{await openGroupObjection(scene, found)}</Fact>
        {found.answer === null ? null : (
          <Fact label={t("答复", "Answer")}>
            {found.answer}（{sayInstant(found.answeredAt ?? 0, lang)}）
          </Fact>
        )}
      </FactList>
      {found.answer === null ? (
        <Form action={`${electionBaseOf(c, row)}${path}`} token={formToken}>
          <ErrorSummary t={t} errors={errors} />
          <TextArea
            name="text"
            label={t("答复", "Answer")}
            hint={t(
              "会公开在选举页面上。写明核对了什么、结论和依据，不要写提出异议的人的姓名和房号。",
              "Stands on the election's public page. Say what was checked, what was found and on what ground; name neither the person who objected nor their home.",
            )}
            rows={6}
            maxlength={LONGEST_ANSWER}
            value={typed?.text ?? ""}
            error={errorFor(errors, "text")}
          />
          <p class="hint">
            {t(
              "异议成立的，请变更名单并重新公布。答复保存以后不能修改。",
              "If it is right, change the list and publish it anew. An answer cannot be changed once it is saved.",
            )}
          </p>
          <Actions>
            <Button>{t("公开答复", "Answer publicly")}</Button>
            <ButtonLink look="quiet" href={`${electionBaseOf(c, row)}/group/objections`}>
              {t("先不答复", "Not now")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : null}
    </ElectionDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

groupObjectionPages.get("/desk/elections/:number/group/objections/:no", answers, async (c) => {
  const row = await electionOf(c);
  const found = row ? await objectionOf(c, row) : null;
  return row && found ? answerPage(c, row, found) : c.notFound();
});

groupObjectionPages.post("/desk/elections/:number/group/objections/:no", answers, async (c) => {
  const row = await electionOf(c);
  const found = row ? await objectionOf(c, row) : null;
  if (!row || !found) return c.notFound();
  const text = one(await c.req.parseBody({ all: true }), "text");
  const answered = await answerObjection(staffScene(c), row.electionId, found.objectionNo, text);
  if (!answered.ok) return answerPage(c, row, found, { problem: electionProblem(answered.error), text });
  return c.redirect(`${electionBaseOf(c, row)}/group/objections?done=1`, 303);
});
