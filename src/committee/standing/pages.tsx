/** The seats at the desk: who sits, who moves up, recording a leaving; and the settings of the term. Markup and forms only. */
import { Hono } from "hono";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import { END_WORDS } from "../../offices/words.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { declineSeat, LEAVING, leaveSeat, moveUp, type SeatRefusal, viewStanding } from "./actions.ts";
import { seatProblem } from "./problems.ts";
import { TERM_SETTINGS } from "./rules.ts";
import { StandingSection } from "./shown.tsx";

/** Mounted at /c/:slug. */
export const standingRoutes = new Hono<AppEnv>();
const reads = requires("offices.manage", "meeting.read");
const manages = requires("offices.manage");

const seatsHref = (slug: string): string => `/c/${slug}/desk/committee/seats`;

standingRoutes.route(
  "/",
  settingsRoutes({
    kit: TERM_SETTINGS,
    path: "/desk/committee/term-settings",
    title: { zh: "任期的规则", en: "Rules of the term" },
    intro: {
      zh: "换届提前多久、换届期间不能决定什么、移交几天、罢免的申辩几天：各地和各小区不同，在这里按规定设定。",
      en: "When re-election begins, what may not be decided meanwhile, days to hand over, days for a defence: they differ by place and are set here.",
    },
    manage: "settings.manage",
    see: ["meeting.read", "audit.read"],
  }),
);

standingRoutes.get("/desk/committee/seats", reads, (c) => seatsPage(c));

interface Typed {
  readonly problem: Problem;
  readonly form: "leave" | "up";
  readonly values: Readonly<Record<string, string>>;
}

async function seatsPage(c: AppContext, typed?: Typed) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const standing = await viewStanding(scene);
  const { members, alternates, mandate } = standing;
  const may = actor.permissions.has("offices.manage");
  const fieldOf: Readonly<Record<string, string>> = {
    "seat-act-missing": "act",
    "seat-day": "endsOn",
    "seat-document-missing": "document",
    "seat-document-too-long": "document",
  };
  const field = typed ? fieldOf[typed.problem.code] : undefined;
  const errors: FieldError[] = typed && field ? [{ field, message: typed.problem.detail[lang] }] : [];
  const value = (form: Typed["form"], name: string): string => (typed?.form === form ? (typed.values[name] ?? "") : "");
  const errorOf = (form: Typed["form"]): readonly FieldError[] => (typed?.form === form ? errors : []);
  const vacant = mandate !== null && members.length < mandate.seats;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("委员席位", "Seats of the committee")}
      breadcrumb={[
        { href: `/c/${slug}/desk`, label: t("工作台", "Desk") },
        { href: `/c/${slug}/committee`, label: t("业主委员会", "Owners' committee") },
      ]}
    >
      <h1>{t("委员席位", "Seats of the committee")}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      {mandate ? (
        <StandingSection c={c} standing={standing} desk={true} />
      ) : (
        <EmptyState title={t("还没有登记本届业委会", "No committee is recorded")}>
          {t(
            "选举结果公布后，席位和任期会自动列在这里。",
            "Seats and term stand here once an election's result is published.",
          )}
        </EmptyState>
      )}
      <DataTable
        caption={t("现任委员", "Members")}
        rows={members}
        empty={<p>{t("现在没有委员。", "Nobody sits.")}</p>}
        columns={[
          { label: t("姓名", "Name"), head: true, cell: ({ name }) => name },
          { label: t("职务", "Post"), cell: ({ title }) => t(title.zh, title.en) },
          { label: t("任职至", "Until"), cell: ({ untilAt }) => (untilAt === null ? "—" : sayInstant(untilAt, lang)) },
          {
            label: t("业主身份", "Owner"),
            cell: ({ owns }) =>
              owns === null ? (
                "—"
              ) : owns ? (
                <StatusWord tone="good">{t("是业主", "owner")}</StatusWord>
              ) : (
                <StatusWord tone="bad">{t("已不是业主，应离任", "no longer an owner: the seat ends")}</StatusWord>
              ),
          },
        ]}
      />
      <DataTable
        caption={t("候补委员", "Alternates")}
        rows={alternates}
        empty={<p>{t("没有候补委员。", "There are no alternates.")}</p>}
        columns={[
          { label: t("次序", "Rank"), number: true, cell: ({ rank }) => rank },
          { label: t("姓名", "Name"), head: true, cell: ({ name }) => name },
          { label: t("联系", "Telephone"), cell: ({ phoneMasked }) => phoneMasked },
          {
            label: t("业主身份", "Owner"),
            cell: ({ owns }) => (owns === false ? t("已不是业主，跳过", "no longer an owner: passed over") : "✓"),
          },
        ]}
      />
      {may && vacant && alternates.length > 0 ? (
        <Form action={`${seatsHref(slug)}/up`} token={formToken} once={newOnce()}>
          <h2>{t("递补空缺", "Fill the vacant seat")}</h2>
          <ErrorSummary t={t} errors={errorOf("up")} />
          <Select
            name="tenure"
            label={t("候补委员", "Alternate")}
            value={value("up", "tenure") || (alternates.find(({ owns }) => owns !== false)?.tenureId ?? "")}
            options={alternates.map(({ tenureId, name, rank }) => ({ value: tenureId, label: `${rank}. ${name}` }))}
          />
          <Field
            name="document"
            label={t("依据的文件", "The paper it rests on")}
            hint={t("例如：同意递补的书面答复 2026-11-20", "Such as: written consent of 2026-11-20")}
            value={value("up", "document")}
            error={errorFor(errorOf("up"), "document")}
          />
          <Actions>
            <Button name="act" value="up">
              {t("递补为委员", "Move up to the seat")}
            </Button>
            <Button look="quiet" name="act" value="decline">
              {t("登记放弃递补", "Record that they decline")}
            </Button>
          </Actions>
        </Form>
      ) : null}
      {may && members.length > 0 ? (
        <Form action={`${seatsHref(slug)}/leave`} token={formToken} once={newOnce()}>
          <h2>{t("登记离任", "Record a leaving")}</h2>
          <p class="quiet">
            {t(
              "委员离任时，兼任的主任、副主任一并终止。罢免和届满不在这里登记。",
              "With the seat end the posts of chair and deputy. Recall and end of term are not recorded here.",
            )}
          </p>
          <ErrorSummary t={t} errors={errorOf("leave")} />
          <Select
            name="tenure"
            label={t("谁离任", "Who leaves")}
            value={value("leave", "tenure")}
            options={[
              { value: "", label: t("请选择", "Choose") },
              ...[...members, ...alternates].map(({ tenureId, name, title }) => ({
                value: tenureId,
                label: `${name}（${t(title.zh, title.en)}）`,
              })),
            ]}
          />
          <Select
            name="act"
            label={t("原因", "Why")}
            value={value("leave", "act")}
            options={[
              { value: "", label: t("请选择", "Choose") },
              ...LEAVING.map((act) => ({ value: act, label: END_WORDS[act][lang] })),
            ]}
            error={errorFor(errorOf("leave"), "act")}
          />
          <Field
            name="endsOn"
            label={t("从哪一天起不再任职", "First day without the seat")}
            hint={t("例如 2026-11-23", "Such as 2026-11-23")}
            value={value("leave", "endsOn")}
            error={errorFor(errorOf("leave"), "endsOn")}
            width={11}
          />
          <Field
            name="document"
            label={t("依据的文件", "The paper it rests on")}
            hint={t("例如：辞职书 2026-11-20", "Such as: letter of resignation of 2026-11-20")}
            value={value("leave", "document")}
            error={errorFor(errorOf("leave"), "document")}
          />
          <Actions>
            <Button>{t("登记离任", "Record it")}</Button>
          </Actions>
        </Form>
      ) : null}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

const refused = (c: AppContext, form: Typed["form"], values: Readonly<Record<string, string>>, refusal: SeatRefusal) =>
  seatsPage(c, { problem: seatProblem(refusal), form, values });

standingRoutes.post("/desk/committee/seats/leave", manages, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = {
    tenure: one(body, "tenure"),
    act: one(body, "act"),
    endsOn: one(body, "endsOn").trim(),
    document: one(body, "document"),
  };
  const asked = { tenureId: values.tenure, act: values.act, endsOn: values.endsOn, document: values.document };
  const left = await leaveSeat(staffScene(c), asked, one(body, "_once") || newOnce());
  return left.ok
    ? c.redirect(`${seatsHref(c.var.scene.community.slug)}?done=1`, 303)
    : refused(c, "leave", values, left.error);
});

standingRoutes.post("/desk/committee/seats/up", manages, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = { tenure: one(body, "tenure"), document: one(body, "document") };
  const act = one(body, "act") === "decline" ? declineSeat : moveUp;
  const asked = { tenureId: values.tenure, document: values.document };
  const done = await act(staffScene(c), asked, one(body, "_once") || newOnce());
  return done.ok
    ? c.redirect(`${seatsHref(c.var.scene.community.slug)}?done=1`, 303)
    : refused(c, "up", values, done.error);
});
