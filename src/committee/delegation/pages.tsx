/** What the owners authorised the committee to decide, at the desk: the list, recording one, ending one. Markup and forms only. */
import { Hono } from "hono";
import { matterText } from "../../assembly/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { deskAuthorisationsHref } from "../addresses.ts";
import { crumbs, fieldErrors, hands, wholeProblem } from "../sessions/desk/frame.tsx";
import { AUTHORISATION_TONE, AUTHORISATION_WORDS } from "../words.ts";
import { authorisationState, endAuthorisation, recordAuthorisation } from "./actions.ts";
import { delegationProblem } from "./problems.ts";
import { LONGEST_SCOPE, NEVER_DELEGATED } from "./rules.ts";
import { type AuthorisationRow, findAuthorisation, listAuthorisations, listDecidedItems } from "./store.ts";

export const authorisationPages = new Hono<AppEnv>();
const records = requires("committee.record");
const MOST_LISTED = 100;
const MOST_DECISIONS = 50;

interface Typed {
  readonly problem: Problem;
  readonly values: Readonly<Record<string, string>>;
}

/** Of an owners' decision, as one value of a form. */
const decisionValue = (meetingId: string, itemNo: number): string => `${meetingId}.${itemNo}`;

async function listPage(c: AppContext, typed?: Typed) {
  const { t, lang, scene, now, actor, formToken } = c.var;
  const { slug } = scene.community;
  const here = deskAuthorisationsHref(slug);
  const [rows, decisions] = await scene.db.read(
    listAuthorisations(scene, { limit: MOST_LISTED, offset: 0 }),
    listDecidedItems(scene, MOST_DECISIONS),
  );
  const today = dayOf(now);
  const may = actor.permissions.has("committee.record");
  const errors = fieldErrors(typed?.problem, lang);
  const value = (name: string): string => typed?.values[name] ?? "";
  const usable = decisions.filter(({ outcome, matter }) => outcome === "carried" && !NEVER_DELEGATED.includes(matter));
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("业主大会的授权", "Authorisations by the owners")}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c).slice(0, 2)}
    >
      <h1>{t("业主大会给业委会的授权", "What the owners authorised the committee to decide")}</h1>
      <p class="lead">
        {t(
          "《民法典》第二百七十八条的事项由业主表决。业主大会可以授权业委会在一定范围和期限内决定其中一件；没有登记的授权，业委会的议题里不能有这些事项。",
          "The matters of Civil Code art. 278 are the owners'. They may authorise the committee to decide one of them within a scope and a time; without an authorisation on record no item of the committee may carry one.",
        )}
      </p>
      <Refused c={c} problem={wholeProblem(typed?.problem)} />
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <AuthorisationTable c={c} rows={rows} endHref={may ? (id) => `${here}/${id}/end` : undefined} />
      {may ? (
        <>
          <h2>{t("登记一项授权", "Record an authorisation")}</h2>
          {usable.length === 0 ? (
            <EmptyState title={t("还没有可以作为授权的决定", "No decision that could authorise")}>
              {t(
                "业主大会通过并公布了授权的决定以后，在这里选它。",
                "Once the owners have carried such a decision and it is published, choose it here.",
              )}
            </EmptyState>
          ) : (
            <Form action={here} token={formToken} once={value("_once") || newOnce()}>
              <ErrorSummary t={t} errors={errors} />
              <Select
                name="decision"
                label={t("依据业主大会的哪项决定", "Which decision of the owners")}
                prompt={t("请选择", "Choose")}
                value={value("decision")}
                error={errorFor(errors, "decision")}
                options={usable.map((item) => ({
                  value: decisionValue(item.meetingId, item.itemNo),
                  label: `${item.meetingTitle} ${item.itemNo}. ${item.title}（${pick(matterText(item.matter).short, lang)}）`,
                }))}
              />
              <TextArea
                name="scope"
                label={t("授权决定什么、到什么限度", "What, and within which limits")}
                hint={t("照决定的原文写，会公开。", "As the decision says; it is public.")}
                rows={4}
                maxlength={LONGEST_SCOPE}
                value={value("scope")}
                error={errorFor(errors, "scope")}
              />
              <DateTimeField
                kind="date"
                name="fromOn"
                label={t("从哪天起", "From")}
                value={value("fromOn") || today}
                error={errorFor(errors, "fromOn")}
              />
              <DateTimeField
                kind="date"
                name="lastOn"
                label={t("到哪天止", "Until")}
                value={value("lastOn")}
                error={errorFor(errors, "lastOn")}
              />
              <Actions>
                <Button>{t("登记授权", "Record it")}</Button>
              </Actions>
            </Form>
          )}
        </>
      ) : null}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

/** Authorisations with where each stands; for the desk and for everyone. */
export const AuthorisationTable = ({
  c,
  rows,
  endHref,
}: {
  c: AppContext;
  rows: readonly AuthorisationRow[];
  endHref?: ((authorisationId: string) => string) | undefined;
}) => {
  const { t, lang, now, scene } = c.var;
  const today = dayOf(now);
  return (
    <DataTable
      caption={t("业主大会的授权", "Authorisations by the owners")}
      quietCaption={true}
      rows={rows}
      empty={
        <EmptyState title={t("没有授权", "No authorisations")}>
          {t(
            "业主大会没有把任何一件应由业主决定的事项授权给业委会。",
            "The owners have not authorised the committee to decide any matter of theirs.",
          )}
        </EmptyState>
      }
      columns={[
        {
          label: t("事项和范围", "Matter and scope"),
          head: true,
          cell: (row) => (
            <>
              {pick(matterText(row.matter).short, lang)}
              {t("：", ": ")}
              {row.scope}
            </>
          ),
        },
        {
          label: t("依据", "Ground"),
          cell: (row) => (
            <a href={`/c/${scene.community.slug}/meetings/${row.meetingNumber}/result`}>
              {t(`${row.meetingTitle}第${row.itemNo}项`, `${row.meetingTitle}, item ${row.itemNo}`)}
            </a>
          ),
        },
        {
          label: t("期限", "Time"),
          cell: (row) =>
            t(
              `${sayDay(row.fromOn, lang)}至${sayDay(row.lastOn, lang)}`,
              `${sayDay(row.fromOn, lang)} to ${sayDay(row.lastOn, lang)}`,
            ),
        },
        {
          label: t("现在", "Now"),
          cell: (row) => {
            const state = authorisationState(row, today);
            return (
              <>
                <StatusWord tone={AUTHORISATION_TONE[state]}>{pick(AUTHORISATION_WORDS[state], lang)}</StatusWord>
                {row.endedWhy ? <small class="quiet"> {row.endedWhy}</small> : null}
                {endHref && row.endedOn === null && state === "holds" ? (
                  <>
                    {" "}
                    <a href={endHref(row.authorisationId)}>{t("提前终止", "End it early")}</a>
                  </>
                ) : null}
              </>
            );
          },
        },
      ]}
    />
  );
};

authorisationPages.get("/desk/committee/authorisations", hands, (c) => listPage(c));

authorisationPages.post("/desk/committee/authorisations", records, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = Object.fromEntries(
    ["decision", "scope", "fromOn", "lastOn", "_once"].map((name) => [name, one(body, name)]),
  );
  const [meetingId = "", item = ""] = (values.decision ?? "").split(".");
  const asked = {
    meetingId,
    itemNo: /^\d{1,3}$/.test(item) ? Number(item) : 0,
    scope: values.scope ?? "",
    fromOn: values.fromOn ?? "",
    lastOn: values.lastOn ?? "",
  };
  const once = values._once || newOnce();
  const recorded = await recordAuthorisation(staffScene(c), asked, once);
  if (!recorded.ok)
    return listPage(c, { problem: delegationProblem(recorded.error), values: { ...values, _once: once } });
  return c.redirect(`${deskAuthorisationsHref(c.var.scene.community.slug)}?done=1`, 303);
});

function endPage(c: AppContext, row: AuthorisationRow, typed?: Typed) {
  const { t, lang, scene, now, formToken } = c.var;
  const here = deskAuthorisationsHref(scene.community.slug);
  const errors = fieldErrors(typed?.problem, lang);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("提前终止授权", "End an authorisation early")}
      switchHref={`${here}/${row.authorisationId}/end?lang=${t("en", "zh")}`}
      breadcrumb={[...crumbs(c).slice(0, 2), { href: here, label: t("授权", "Authorisations") }]}
    >
      <h1>{t("提前终止授权", "End an authorisation early")}</h1>
      <p>{row.scope}</p>
      <Refused c={c} problem={wholeProblem(typed?.problem)} />
      <Form action={`${here}/${row.authorisationId}/end`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <DateTimeField
          kind="date"
          name="endedOn"
          label={t("从哪天起没有授权", "First day without it")}
          value={typed?.values.endedOn ?? dayOf(now)}
          error={errorFor(errors, "endedOn")}
        />
        <Field
          name="why"
          label={t("为什么", "Why")}
          hint={t("例如：事情已办完，或业主大会收回。", "Such as: the matter is settled, or the owners took it back.")}
          value={typed?.values.why ?? ""}
          maxlength={200}
          error={errorFor(errors, "why")}
        />
        <Actions>
          <Button look="danger">{t("终止授权", "End it")}</Button>
          <ButtonLink look="quiet" href={here}>
            {t("先不做", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

const rowOf = async (c: AppContext): Promise<AuthorisationRow | undefined> => {
  const { scene } = c.var;
  const [rows] = await scene.db.read(findAuthorisation(scene, c.req.param("id") ?? ""));
  return rows[0];
};

authorisationPages.get("/desk/committee/authorisations/:id/end", records, async (c) => {
  const row = await rowOf(c);
  return row ? endPage(c, row) : c.notFound();
});

authorisationPages.post("/desk/committee/authorisations/:id/end", records, async (c) => {
  const row = await rowOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const values = { endedOn: one(body, "endedOn"), why: one(body, "why").slice(0, 200) };
  const ended = await endAuthorisation(staffScene(c), row.authorisationId, values);
  if (!ended.ok && ended.error.reason !== "authorisation_ended")
    return endPage(c, row, { problem: delegationProblem(ended.error), values });
  return c.redirect(`${deskAuthorisationsHref(c.var.scene.community.slug)}?done=1`, 303);
});
