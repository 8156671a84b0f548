/** A signed-in owner brings in a name: their own, or a neighbour's for others to support. The acts are nominating.ts. */

import { Hono } from "hono";
import { requiresOwner } from "../../owners/session.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { electionHref } from "../addresses.ts";
import { electionOf } from "../desk/frame.tsx";
import { readMethod } from "../method/rules.ts";
import type { ElectionRow } from "../store.ts";
import { nominateMyself, nominateNeighbour } from "./nominating.ts";
import { Own } from "./own-frame.tsx";
import { nominationProblem } from "./problems.ts";
import { nominateHref, nominationHref, ownCandidacyHref } from "./words.ts";

/** Mounted under /c/:slug. */
export const namingPages = new Hono<AppEnv>();

function myselfPage(c: AppContext, election: ElectionRow, problem?: Problem) {
  const { t, lang, formToken, owner, scene } = c.var;
  const { slug } = scene.community;
  const closes = election.nominationsCloseAt;
  return c.html(
    <Own c={c} election={election} path="/nominate/myself" title={t("自荐参选", "Stand yourself")} problem={problem}>
      <Form action={nominateHref(slug, election.number, "myself")} token={formToken} once={newOnce()}>
        <p>
          {t(
            `您（${owner.masked}）自荐参加业主委员会选举。接下来还要同意公开姓名、写介绍、签申报。`,
            `You (${owner.masked}) nominate yourself. Next you agree to your name being published, write a profile and sign a declaration.`,
          )}
        </p>
        {closes === null ? null : (
          <p class="hint">
            {t(`提名到${sayDeadline(closes, lang)}截止。`, `Nominations close on ${sayDeadline(closes, lang)}.`)}
          </p>
        )}
        <Actions>
          <Button>{t("自荐参选", "Nominate myself")}</Button>
          <ButtonLink look="quiet" href={electionHref(slug, election.number)}>
            {t("先不参选", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Own>,
    (problem?.status ?? 200) as 409,
  );
}

namingPages.get("/elections/:number/nominate/myself", requiresOwner, async (c) => {
  const election = await electionOf(c);
  return election ? myselfPage(c, election) : c.notFound();
});

namingPages.post("/elections/:number/nominate/myself", requiresOwner, async (c) => {
  const election = await electionOf(c);
  if (!election) return c.notFound();
  const { scene, owner } = c.var;
  const body = await c.req.parseBody({ all: true });
  const done = await nominateMyself(scene, election.electionId, owner, one(body, "_once") || newOnce());
  if (!done.ok) return myselfPage(c, election, nominationProblem(done.error));
  return c.redirect(`${ownCandidacyHref(scene.community.slug, election.number)}?done=1`, 303);
});

interface Typed {
  readonly place: string;
  readonly name: string;
  readonly once: string;
  readonly problem: Problem;
}

function neighbourPage(c: AppContext, election: ElectionRow, typed?: Typed) {
  const { t, formToken, scene } = c.var;
  const { slug } = scene.community;
  const errors = problemErrors(c, typed?.problem);
  const least = readMethod(election.method).supportersLeast.value;
  return c.html(
    <Own
      c={c}
      election={election}
      path="/nominate/neighbour"
      title={t("联名推荐邻居", "Name a neighbour together")}
      problem={typed?.problem}
    >
      <p>
        {t(
          `您发起，并作为第一位附议人。一共要${least}位业主附议（一位业主不论几处房屋只算一次），还要本人同意，才能成为候选人。`,
          `You start it and are its first supporter. ${least} owners have to support it, each counted once however many homes, and the person has to agree.`,
        )}
      </p>
      <Form action={nominateHref(slug, election.number, "neighbour")} token={formToken} once={typed?.once ?? newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="place"
          label={t("邻居的房号", "Your neighbour's home")}
          hint={t("例如：3栋2单元0501", "Such as 3-2-0501")}
          value={typed?.place ?? ""}
          error={errorFor(errors, "place")}
          width={20}
        />
        <Field
          name="name"
          label={t("邻居的姓名（全名）", "Your neighbour's full name")}
          hint={t("要与名册一致。推荐前请先征得本人同意。", "As the roll has it. Ask them before you name them.")}
          value={typed?.name ?? ""}
          error={errorFor(errors, "name")}
          width={20}
        />
        <Actions>
          <Button>{t("发起联名推荐", "Start the joint nomination")}</Button>
          <ButtonLink look="quiet" href={electionHref(slug, election.number)}>
            {t("先不推荐", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Own>,
    (typed?.problem.status ?? 200) as 422,
  );
}

namingPages.get("/elections/:number/nominate/neighbour", requiresOwner, async (c) => {
  const election = await electionOf(c);
  return election ? neighbourPage(c, election) : c.notFound();
});

namingPages.post("/elections/:number/nominate/neighbour", requiresOwner, async (c) => {
  const election = await electionOf(c);
  if (!election) return c.notFound();
  const { scene, owner } = c.var;
  const body = await c.req.parseBody({ all: true });
  const asked = { place: one(body, "place"), name: one(body, "name") };
  const once = one(body, "_once") || newOnce();
  const done = await nominateNeighbour(scene, election.electionId, owner, asked, once);
  if (done.ok)
    return c.redirect(`${nominationHref(scene.community.slug, election.number, done.value.number)}?done=1`, 303);
  // Somebody else was first: there it can be supported.
  if (done.error.reason === "already_nominated")
    return c.redirect(nominationHref(scene.community.slug, election.number, done.error.number), 303);
  return neighbourPage(c, election, { ...asked, once, problem: nominationProblem(done.error) });
});
