/** Meetings of the committee at the desk: all of them, a new draft, and a member's request. Markup and forms only. */
import { Hono } from "hono";
import { localValue, parseLocal } from "../../../kernel/day.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { pick } from "../../../platform/i18n.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { LinkList } from "../../../platform/ui/facts.tsx";
import { DateTimeField, Field, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayInstant } from "../../../platform/ui/moments.ts";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { Pager } from "../../../platform/ui/tables.tsx";
import { deskMandateHref, deskSessionHref, deskSessionsHref } from "../../addresses.ts";
import { isInOffice, readCommittee } from "../../seated/actions.ts";
import { SESSION_TONE, SESSION_WORDS } from "../../words.ts";
import { requestSession } from "../asking.ts";
import { draftSession } from "../drafting.ts";
import { sessionProblem } from "../problems.ts";
import { LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE, type SessionItem } from "../rules.ts";
import { countSessions, findSession, listSessions, type SessionRow } from "../store.ts";
import { crumbs, fieldErrors, hands, wholeProblem } from "./frame.tsx";

export const sessionListPages = new Hono<AppEnv>();
const A_PAGE = 20;
const drafts = requires("committee.call", "committee.record");
const asks = requires("committee.sign");

const pageAsked = (c: AppContext): number => {
  const asked = c.req.query("page") ?? "1";
  return /^[1-9]\d{0,4}$/.test(asked) ? Number(asked) : 1;
};

export const sessionNote = (row: SessionRow, c: AppContext): string => {
  const { t, lang } = c.var;
  if (row.state === "requested")
    return row.reachedAt === null
      ? t("等其他委员一起提议", "waiting for other members to join")
      : t("已达三分之一，等公告时间地点", "a third have asked; time and place are to be announced");
  return row.holdsAt === null ? "" : sayInstant(row.holdsAt, lang);
};

sessionListPages.get("/desk/committee/meetings", hands, async (c) => {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const page = pageAsked(c);
  const [rows, count] = await scene.db.read(
    listSessions(scene, "all", { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countSessions(scene, "all"),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  const may = (permission: "committee.call" | "committee.record" | "committee.sign"): boolean =>
    actor.permissions.has(permission);
  const doors = (
    <>
      {may("committee.call") || may("committee.record") ? (
        <ButtonLink href={`${deskSessionsHref(slug)}/new`}>{t("起草会议", "Draft a meeting")}</ButtonLink>
      ) : null}
      {may("committee.sign") ? (
        <ButtonLink look="quiet" href={`${deskSessionsHref(slug)}/request`}>
          {t("提议开会", "Ask for a meeting")}
        </ButtonLink>
      ) : null}
    </>
  );
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("业委会会议", "Committee meetings")} breadcrumb={crumbs(c).slice(0, 2)}>
      <h1>{t("业委会会议", "Meetings of the committee")}</h1>
      <LinkList
        items={rows.map((row) => ({
          href: deskSessionHref(slug, row.number),
          title: row.title,
          note: sessionNote(row, c),
          status: <StatusWord tone={SESSION_TONE[row.state]}>{pick(SESSION_WORDS[row.state], lang)}</StatusWord>,
        }))}
        empty={
          <EmptyState title={t("还没有开过会", "No meetings yet")} action={doors}>
            {t(
              "先起草议题，提前公告，开会时记下到会和表决，委员签字后由另一个人公布。",
              "Draft the agenda, announce it in time, record presence and votes, let members sign, and another person publishes.",
            )}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}`} />
      {rows.length > 0 ? <Actions>{doors}</Actions> : null}
    </Page>,
  );
});

interface Typed {
  readonly problem: Problem;
  readonly values: Readonly<Record<string, string>>;
}

/** Where no mandate runs, nothing can be drafted: says what to do instead of a form that would be refused. */
const NoMandate = ({ c }: { c: AppContext }) => {
  const { t, scene, actor } = c.var;
  return (
    <EmptyState
      title={t("还没有登记在任的业委会", "No committee in office is recorded")}
      action={
        actor.permissions.has("offices.manage") ? (
          <ButtonLink href={deskMandateHref(scene.community.slug)}>{t("登记本届", "Record the mandate")}</ButtonLink>
        ) : undefined
      }
    >
      {t(
        "会议的到会和表决都按本届的席位计算，要先登记本届的届次、席位和任期。",
        "Presence and votes are measured against the seats of a mandate, which has to be recorded first.",
      )}
    </EmptyState>
  );
};

async function newPage(c: AppContext, typed?: Typed) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const { mandate } = await readCommittee(scene);
  const errors = fieldErrors(typed?.problem, lang);
  const value = (name: string): string => typed?.values[name] ?? "";
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("起草会议", "Draft a meeting")}
      switchHref={`${deskSessionsHref(slug)}/new?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c)}
    >
      <h1>{t("起草业委会会议", "Draft a meeting of the committee")}</h1>
      {isInOffice(mandate, scene.now) ? (
        <>
          <p class="lead">
            {t(
              "先写名称、时间和地点，下一步写议题。公告以前都可以改。",
              "First title, time and place; the items come next. Everything can change until it is announced.",
            )}
          </p>
          <Refused c={c} problem={wholeProblem(typed?.problem)} />
          <Form action={`${deskSessionsHref(slug)}/new`} token={formToken} once={value("_once") || newOnce()}>
            <ErrorSummary t={t} errors={errors} />
            <Field
              name="title"
              label={t("会议名称", "Title")}
              hint={t("例如：第二届业主委员会第3次会议", "Such as: third meeting of the second committee")}
              value={value("title")}
              maxlength={LONGEST_TITLE}
              error={errorFor(errors, "title")}
            />
            <DateTimeField
              name="holdsAt"
              label={t("开会时间", "When")}
              value={value("holdsAt")}
              optional={t("可以先不填", "may be left for later")}
              error={errorFor(errors, "holdsAt")}
            />
            <Field
              name="place"
              label={t("地点", "Where")}
              value={value("place")}
              maxlength={LONGEST_PLACE}
              optional={t("可以先不填", "may be left for later")}
              error={errorFor(errors, "place")}
            />
            <Actions>
              <Button>{t("下一步：写议题", "Next: the items")}</Button>
            </Actions>
          </Form>
        </>
      ) : (
        <NoMandate c={c} />
      )}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

sessionListPages.get("/desk/committee/meetings/new", drafts, (c) => newPage(c));

sessionListPages.post("/desk/committee/meetings/new", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const asked = {
    title: one(body, "title").slice(0, LONGEST_TITLE + 1),
    place: one(body, "place").slice(0, LONGEST_PLACE + 1),
    holdsAt: parseLocal(one(body, "holdsAt")),
  };
  const once = one(body, "_once") || newOnce();
  const drafted = await draftSession(scene, asked, once);
  if (!drafted.ok) {
    const values = { title: asked.title, place: asked.place, holdsAt: one(body, "holdsAt"), _once: once };
    return newPage(c, { problem: sessionProblem(drafted.error), values });
  }
  return toSession(c, drafted.value.sessionId);
});

async function toSession(c: AppContext, sessionId: string): Promise<Response> {
  const { scene } = c.var;
  const [rows] = await scene.db.read(findSession(scene, sessionId));
  return c.redirect(deskSessionHref(scene.community.slug, rows[0]?.number ?? 0), 303);
}

async function requestPage(c: AppContext, typed?: Typed) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const { mandate } = await readCommittee(scene);
  const errors = fieldErrors(typed?.problem, lang);
  const value = (name: string): string => typed?.values[name] ?? "";
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("提议开会", "Ask for a meeting")}
      switchHref={`${deskSessionsHref(slug)}/request?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c)}
    >
      <h1>{t("提议召开业委会会议", "Ask for a meeting of the committee")}</h1>
      {isInOffice(mandate, scene.now) ? (
        <>
          <p class="lead">
            {t(
              "三分之一以上委员提议，就应当在七日内开会。您是第一位；其他委员在同一页上一起提议。人数够了，议题自动公开，不能再改。",
              "Once a third of the members ask, the meeting is held within seven days. You are the first; others join on the same page. When enough have, the items are public by themselves and fixed.",
            )}
          </p>
          <Refused c={c} problem={wholeProblem(typed?.problem)} />
          <Form action={`${deskSessionsHref(slug)}/request`} token={formToken} once={value("_once") || newOnce()}>
            <ErrorSummary t={t} errors={errors} />
            <Field
              name="meetingTitle"
              label={t("会议名称", "Title of the meeting")}
              value={value("meetingTitle")}
              maxlength={LONGEST_TITLE}
            />
            <Field
              name="title"
              label={t("要讨论决定什么", "What it shall decide")}
              hint={t("第一项议题的题目。还有别的，下一步再加。", "Title of the first item; more can be added next.")}
              value={value("title")}
              maxlength={LONGEST_TITLE}
              error={errorFor(errors, "title")}
            />
            <TextArea
              name="text"
              label={t("具体内容", "In detail")}
              hint={t("会公开，不要写个人电话、住址。", "It will be public; no phone numbers or addresses.")}
              rows={6}
              value={value("text")}
              maxlength={LONGEST_TEXT}
              error={errorFor(errors, "text")}
            />
            <Actions>
              <Button>{t("提议", "Ask")}</Button>
            </Actions>
          </Form>
        </>
      ) : (
        <NoMandate c={c} />
      )}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

sessionListPages.get("/desk/committee/meetings/request", asks, (c) => requestPage(c));

sessionListPages.post("/desk/committee/meetings/request", asks, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const once = one(body, "_once") || newOnce();
  const item: SessionItem = {
    itemNo: 1,
    title: one(body, "title").trim(),
    text: one(body, "text").replace(/\r\n/g, "\n").trim(),
    matter: 0,
    authorisationId: "",
    caretakerMatter: "",
    corrects: "",
  };
  const title = one(body, "meetingTitle").slice(0, LONGEST_TITLE).trim() || item.title;
  const requested = await requestSession(staffScene(c), { title, items: [item] }, once);
  if (!requested.ok) {
    const values = { meetingTitle: one(body, "meetingTitle"), title: item.title, text: item.text, _once: once };
    return requestPage(c, { problem: sessionProblem(requested.error), values });
  }
  return toSession(c, requested.value.sessionId);
});

/** An instant as a form's field has it. */
export const localOf = (at: number | null): string => (at === null ? "" : localValue(at));
