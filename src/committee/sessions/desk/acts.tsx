/** What can be done with one meeting at the desk: joining, announcing, putting off, withdrawing, signing, publishing. Routes and small forms. */
import { Hono } from "hono";
import { parseLocal } from "../../../kernel/day.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { DateTimeField, Field, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { deskSessionHref } from "../../addresses.ts";
import { giveSessionNotice, postponeSession, withdrawSession } from "../actions.ts";
import { joinRequest } from "../asking.ts";
import { saveFrame } from "../drafting.ts";
import { signMinutes } from "../minutes/actions.ts";
import { minutesProblem } from "../minutes/problems.ts";
import { sessionProblem } from "../problems.ts";
import type { SessionView } from "../reading.ts";
import { publishMinutes } from "../resolutions/actions.ts";
import { LONGEST_PLACE, LONGEST_TITLE, LONGEST_WHY } from "../rules.ts";
import type { SessionKey } from "../store.ts";
import { crumbs, fieldErrors, hands, keyOf, loadedOf, versionIn, viewOf, wholeProblem } from "./frame.tsx";
import { localOf } from "./list.tsx";
import { workingPage } from "./working.tsx";

export const sessionActPages = new Hono<AppEnv>();
const signs = requires("committee.sign");
const publishes = requires("committee.publish");

sessionActPages.get("/desk/committee/meetings/:number", hands, (c) => showWorking(c));

/** The meeting as it stands, with what was refused above it. */
async function showWorking(c: AppContext, problem?: Problem, remark?: string): Promise<Response> {
  const [view, loaded] = await Promise.all([viewOf(c), loadedOf(c)]);
  return view && loaded ? workingPage(c, view, loaded, problem, remark) : c.notFound();
}

const back = async (c: AppContext, query = ""): Promise<Response> => {
  const view = await viewOf(c);
  return view
    ? c.redirect(`${deskSessionHref(c.var.scene.community.slug, view.row.number)}${query}`, 303)
    : c.notFound();
};

sessionActPages.post("/desk/committee/meetings/:number/join", signs, async (c) => {
  const key = keyOf(c);
  if (key === null) return c.notFound();
  const joined = await joinRequest(staffScene(c), key);
  // Pressed twice: the first time stands.
  if (joined.ok || joined.error.reason === "asked_already") return back(c);
  return joined.error.reason === "unknown_session" ? c.notFound() : showWorking(c, sessionProblem(joined.error));
});

sessionActPages.post("/desk/committee/meetings/:number/announce", hands, async (c) => {
  const key = keyOf(c);
  if (key === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const given = await giveSessionNotice(staffScene(c), key, versionIn(body));
  if (given.ok) return back(c);
  if (given.error.reason === "unknown_session") return c.notFound();
  // Announced meanwhile, by this press or another: the page says so.
  if (given.error.reason === "wrong_session_state" && given.error.state === "noticed") return back(c);
  return showWorking(c, sessionProblem(given.error));
});

sessionActPages.post("/desk/committee/meetings/:number/sign", signs, async (c) => {
  const key = keyOf(c);
  if (key === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const remark = one(body, "remark");
  const stance = one(body, "stance") === "objected" ? ("objected" as const) : ("signed" as const);
  const signed = await signMinutes(staffScene(c), key, { minutesVersion: versionIn(body), stance, remark });
  if (signed.ok || signed.error.reason === "already_signed") return back(c);
  return signed.error.reason === "unknown_session"
    ? c.notFound()
    : showWorking(c, minutesProblem(signed.error), remark);
});

sessionActPages.post("/desk/committee/meetings/:number/publish", publishes, async (c) => {
  const key = keyOf(c);
  if (key === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const published = await publishMinutes(staffScene(c), key, { minutesVersion: versionIn(body) });
  if (published.ok) return back(c);
  if (published.error.reason === "unknown_session") return c.notFound();
  if (published.error.reason === "wrong_session_state" && published.error.state === "published") return back(c);
  return showWorking(c, minutesProblem(published.error));
});

// ——— Title, time, place ———

interface Typed {
  readonly problem: Problem;
  readonly values: Readonly<Record<string, string>>;
}

function framePage(c: AppContext, view: SessionView, typed?: Typed) {
  const { t, lang, scene, formToken } = c.var;
  const here = deskSessionHref(scene.community.slug, view.row.number);
  const errors = fieldErrors(typed?.problem, lang);
  const { row } = view;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("时间和地点", "Time and place")}
      switchHref={`${here}/frame?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c, view)}
    >
      <h1>{t("名称、时间和地点", "Title, time and place")}</h1>
      <Refused c={c} problem={wholeProblem(typed?.problem)} />
      <Form action={`${here}/frame`} token={formToken} hidden={{ version: String(row.version) }}>
        <ErrorSummary t={t} errors={errors} />
        {row.reachedAt === null ? (
          <Field
            name="title"
            label={t("会议名称", "Title")}
            value={typed?.values.title ?? row.title}
            maxlength={LONGEST_TITLE}
            error={errorFor(errors, "title")}
          />
        ) : null}
        <DateTimeField
          name="holdsAt"
          label={t("开会时间", "When")}
          value={typed?.values.holdsAt ?? localOf(row.holdsAt)}
          error={errorFor(errors, "holdsAt")}
        />
        <Field
          name="place"
          label={t("地点", "Where")}
          value={typed?.values.place ?? row.place}
          maxlength={LONGEST_PLACE}
          error={errorFor(errors, "place")}
        />
        <Actions>
          <Button>{t("保存", "Save")}</Button>
          <ButtonLink look="quiet" href={here}>
            {t("先不改", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

sessionActPages.get("/desk/committee/meetings/:number/frame", hands, async (c) => {
  const view = await viewOf(c);
  return view ? framePage(c, view) : c.notFound();
});

sessionActPages.post("/desk/committee/meetings/:number/frame", hands, async (c) => {
  const key = keyOf(c);
  if (key === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const values = { title: one(body, "title"), place: one(body, "place"), holdsAt: one(body, "holdsAt") };
  const asked = {
    title: values.title.slice(0, LONGEST_TITLE),
    place: values.place.slice(0, LONGEST_PLACE),
    holdsAt: parseLocal(values.holdsAt),
  };
  const saved = await saveFrame(staffScene(c), key, versionIn(body), asked);
  if (saved.ok) return back(c, "?done=frame");
  const view = await viewOf(c);
  return view ? framePage(c, view, { problem: sessionProblem(saved.error), values }) : c.notFound();
});

// ——— Putting off and withdrawing ———

type Small = "postpone" | "withdraw";

function smallPage(c: AppContext, view: SessionView, which: Small, typed?: Typed) {
  const { t, lang, scene, formToken } = c.var;
  const here = deskSessionHref(scene.community.slug, view.row.number);
  const errors = fieldErrors(typed?.problem, lang);
  const isPublic = view.row.noticedAt !== null || view.row.reachedAt !== null;
  const title = which === "postpone" ? t("改期", "Put off") : t("撤回会议", "Withdraw the meeting");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      switchHref={`${here}/${which}?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c, view)}
    >
      <h1>{title}</h1>
      <p>
        {which === "postpone"
          ? t("只能改到更晚的时间。理由会公开。", "It only moves later. The reason is public.")
          : isPublic
            ? t("撤回以后不能恢复。理由会公开。", "It cannot be taken back. The reason is public.")
            : t("草稿撤回以后不能恢复。", "A withdrawn draft does not come back.")}
      </p>
      <Refused c={c} problem={wholeProblem(typed?.problem)} />
      <Form action={`${here}/${which}`} token={formToken} hidden={{ version: String(view.row.version) }}>
        <ErrorSummary t={t} errors={errors} />
        {which === "postpone" ? (
          <DateTimeField
            name="holdsAt"
            label={t("改到什么时候", "Until when")}
            value={typed?.values.holdsAt ?? localOf(view.row.holdsAt)}
            error={errorFor(errors, "holdsAt")}
          />
        ) : null}
        <TextArea
          name="why"
          label={t("理由", "Why")}
          rows={3}
          maxlength={LONGEST_WHY}
          value={typed?.values.why ?? ""}
          error={errorFor(errors, "why")}
        />
        <Actions>
          <Button look={which === "withdraw" ? "danger" : "primary"}>{title}</Button>
          <ButtonLink look="quiet" href={here}>
            {t("先不做", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

for (const which of ["postpone", "withdraw"] as const) {
  sessionActPages.get(`/desk/committee/meetings/:number/${which}`, hands, async (c) => {
    const view = await viewOf(c);
    return view ? smallPage(c, view, which) : c.notFound();
  });
}

const act = async (c: AppContext, which: Small, key: SessionKey) => {
  const body = await c.req.parseBody({ all: true });
  const values = { why: one(body, "why"), holdsAt: one(body, "holdsAt") };
  const asked = { version: versionIn(body), why: values.why };
  const done =
    which === "withdraw"
      ? await withdrawSession(staffScene(c), key, asked)
      : await postponeSession(staffScene(c), key, { ...asked, holdsAt: parseLocal(values.holdsAt) });
  return { done, values };
};

for (const which of ["postpone", "withdraw"] as const) {
  sessionActPages.post(`/desk/committee/meetings/:number/${which}`, hands, async (c) => {
    const key = keyOf(c);
    if (key === null) return c.notFound();
    const { done, values } = await act(c, which, key);
    if (done.ok) return back(c);
    const view = await viewOf(c);
    return view ? smallPage(c, view, which, { problem: sessionProblem(done.error), values }) : c.notFound();
  });
}
